//! Parameters: what a baseline sets, checked against what the rules take, resolved for each tier.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::raw::RawParameter;
use crate::model::{ParameterSpec, ParameterType, Rule, Value};
use crate::nearest::nearest;
use crate::yaml::fields::{self, did_you_mean};
use crate::yaml::problems::{Place, Problems};
use crate::yaml::{At, Node, Tree};

/// A value that is set, and where.
#[derive(Debug)]
pub(super) struct Set {
    pub(super) name: Arc<str>,
    pub(super) value: Value,
    pub(super) place: Place,
}

/// The parameters that the loaded rules take, used by this baseline or not.
pub(super) struct Takers<'r> {
    by_name: BTreeMap<&'r str, Vec<(&'r Rule, &'r ParameterSpec)>>,
}

impl<'r> Takers<'r> {
    pub(super) fn new(rules: &'r [Arc<Rule>]) -> Self {
        let mut by_name: BTreeMap<&str, Vec<(&Rule, &ParameterSpec)>> = BTreeMap::new();
        for rule in rules {
            for (name, spec) in &rule.parameters {
                by_name.entry(name).or_default().push((rule, spec));
            }
        }
        Self { by_name }
    }

    /// The values that one `parameters` mapping sets; what is wrong with them goes to `problems`.
    pub(super) fn check(&self, who: &str, raw: &[RawParameter], problems: &mut Problems) -> Vec<Set> {
        let mut sets = Vec::with_capacity(raw.len());
        for parameter in raw {
            let name = parameter.name.value.as_str();
            let Some(takers) = self.by_name.get(name) else {
                let title = format!("{who} sets `{name}`, which no rule takes");
                problems.add_with_help(parameter.name.place, title, self.suggestion(name));
                continue;
            };
            // A rule that comes with `--policy` may have a tighter range than the others that share the parameter. The
            // first that refuses the value says why; the others would only say it again.
            let mut values = takers.iter().map(|(rule, spec)| value(name, rule, spec, &parameter.value, problems));
            if let Some(value) = values.by_ref().try_fold(None, |_, value| value.map(Some)).flatten() {
                sets.push(Set { name: name.into(), value, place: parameter.name.place });
            }
        }
        sets
    }

    fn suggestion(&self, name: &str) -> String {
        let near = nearest(name, self.by_name.keys().copied());
        match near.and_then(|near| Some((near, self.by_name.get(near)?.first()?.0))) {
            Some((near, rule)) => format!("rule `{}` takes `{near}`", rule.name),
            None => "`dbkeel policy list` shows the rules and their parameters".to_owned(),
        }
    }
}

fn value(name: &str, rule: &Rule, spec: &ParameterSpec, node: &Node, problems: &mut Problems) -> Option<Value> {
    match (spec.ty, &node.value) {
        (ParameterType::Boolean, Tree::Bool(value)) => Some(Value::Bool(*value)),
        (ParameterType::Integer, Tree::Integer(value)) => within(name, rule, spec, *value, node, problems),
        (ParameterType::String, Tree::Text(text)) => {
            let value = fields::text(node, &format!("`{name}`"), problems)?;
            is_one_of(&format!("`{name}`"), rule, spec, &value, problems).then(|| Value::string(text.as_str()))
        }
        (ParameterType::Strings, Tree::List(items)) => strings(name, rule, spec, items, problems),
        (wanted, found) => {
            let title = format!("`{name}` is {}; rule `{}` takes {}", found.kind(), rule.name, phrase(wanted));
            problems.add_with_help(node.place, title, remedy(wanted, found, spec));
            None
        }
    }
}

fn phrase(ty: ParameterType) -> &'static str {
    match ty {
        ParameterType::Boolean => "true or false",
        ParameterType::Integer => "an integer",
        ParameterType::String => "a text",
        ParameterType::Strings => "a list of texts",
    }
}

fn remedy(wanted: ParameterType, found: &Tree, spec: &ParameterSpec) -> String {
    match (wanted, found.unquoted(), found) {
        (ParameterType::String, Some(word), _) => format!("quote it: `\"{word}\"`"),
        (ParameterType::Strings, _, Tree::Text(text)) => format!("write a list: `[{text}]`"),
        (ParameterType::Strings, Some(word), _) => format!("write a list of quoted texts: `[\"{word}\"]`"),
        _ => format!("its default is `{}`", spec.default),
    }
}

fn within(
    name: &str,
    rule: &Rule,
    spec: &ParameterSpec,
    value: i64,
    at: &Node,
    problems: &mut Problems,
) -> Option<Value> {
    let least = spec.minimum.unwrap_or(i64::MIN);
    let most = spec.maximum.unwrap_or(i64::MAX);
    if (least..=most).contains(&value) {
        return Some(Value::Integer(value));
    }
    let range = match (spec.minimum, spec.maximum) {
        (Some(least), Some(most)) => format!("{least} to {most}"),
        (Some(least), None) => format!("{least} or more"),
        _ => format!("{most} or less"),
    };
    let title = format!("`{name}` is {value}; rule `{}` takes {range}", rule.name);
    problems.add_with_help(at.place, title, format!("its default is `{}`", spec.default));
    None
}

/// The texts of a list, each of them told for itself when it is wrong.
fn strings(name: &str, rule: &Rule, spec: &ParameterSpec, items: &[Node], problems: &mut Problems) -> Option<Value> {
    let element = format!("an element of `{name}`");
    let read = |item| {
        let text = fields::text(item, &element, problems)?;
        is_one_of(&element, rule, spec, &text, problems).then(|| Value::string(text.value))
    };
    let texts: Vec<Option<Value>> = items.iter().map(read).collect();
    let texts: Option<Vec<Value>> = texts.into_iter().collect();
    texts.map(|texts| Value::List(texts.into()))
}

/// Whether a rule takes a text.
fn is_one_of(what: &str, rule: &Rule, spec: &ParameterSpec, text: &At<String>, problems: &mut Problems) -> bool {
    let is_taken = spec.values.is_empty() || spec.values.iter().any(|value| **value == *text.value);
    if !is_taken {
        let known: Vec<&str> = spec.values.iter().map(AsRef::as_ref).collect();
        let title = format!("{what} is `{}`, which rule `{}` does not take", text.value, rule.name);
        problems.add_with_help(text.place, title, did_you_mean(&text.value, &known));
    }
    is_taken
}
