//! How to mend a finding: a rule's remediation with the parameters of a tier filled in.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::value::{Serde, ValueKind};
use minijinja::{Environment, Error, UndefinedBehavior, escape_formatter};

use crate::model::{Finding, Rule, Tier, Value};

type Parameters = BTreeMap<Arc<str>, Value>;

/// One attribute to set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Setting {
    /// The attribute.
    pub(crate) attribute: Arc<str>,
    /// The value to give it.
    pub(crate) value: String,
}

/// What to do about a finding, on one line: the attributes to set, else the rule's words.
pub(crate) fn hint(finding: &Finding<'_>) -> Option<String> {
    let settings = settings(finding.rule, finding.resource.resource_type, finding.tier);
    if settings.is_empty() {
        return text(finding.rule, finding.tier);
    }
    let settings: Vec<String> =
        settings.iter().map(|setting| format!("{} = {}", setting.attribute, setting.value)).collect();
    Some(format!("set {}", settings.join(", ")))
}

/// The attributes to set on a resource of this type, in this tier.
pub(crate) fn settings(rule: &Rule, resource_type: &str, tier: &Tier) -> Vec<Setting> {
    let Some(attributes) = rule.remediation.terraform.get(resource_type) else { return Vec::new() };
    attributes
        .iter()
        .map(|(attribute, template)| Setting {
            attribute: attribute.clone(),
            value: render(template, &tier.parameters),
        })
        .collect()
}

/// The rule's words, for this tier.
pub(super) fn text(rule: &Rule, tier: &Tier) -> Option<String> {
    let text = render(&rule.remediation.text, &tier.parameters);
    (!text.trim().is_empty()).then(|| text.trim().to_owned())
}

/// Fills in a template; a template that does not render is shown as it stands, since a hint never stops a report.
fn render(template: &str, parameters: &Parameters) -> String {
    if !template.contains('{') {
        return template.to_owned();
    }
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_formatter(|out, state, value| match value.kind() {
        // Double quotes, as in Terraform.
        ValueKind::Seq => {
            let items: Vec<String> = value.try_iter()?.map(|item| format!("{:?}", item.to_string())).collect();
            write!(out, "[{}]", items.join(", ")).map_err(Error::from)
        }
        _ => escape_formatter(out, state, value),
    });
    environment.render_str(template, Serde(parameters)).unwrap_or_else(|_| template.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_takes_the_parameters_of_the_tier() {
        let parameters = BTreeMap::from([("days".into(), Value::Integer(35))]);
        assert_eq!(render("{{ days }}", &parameters), "35");
    }

    #[test]
    fn a_list_is_written_as_terraform_does() {
        let parameters = BTreeMap::from([("logs".into(), Value::set(["audit".into(), "error".into()]))]);
        assert_eq!(render("{{ logs }}", &parameters), "[\"audit\", \"error\"]");
    }

    #[test]
    fn a_template_that_does_not_render_is_shown_as_it_stands() {
        assert_eq!(render("{{ days }}", &BTreeMap::new()), "{{ days }}");
        assert_eq!(render("{{ days", &BTreeMap::new()), "{{ days");
    }
}
