//! The page of one rule, for a terminal.

use std::fmt::Write as _;

use crate::model::{ParameterSpec, Rule};

/// What a rule asks, of which facts, and how to mend.
pub(super) fn of(rule: &Rule) -> String {
    let mut page = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(page, "{} {} ({})\n\n{}\n", rule.id, rule.title, rule.severity, rule.description);
    let _ = writeln!(page, "domain       {}\nname         {}\nfile         {}", rule.domain, rule.name, rule.path);
    row(&mut page, "earlier ids", rule.aliases.iter());
    row(&mut page, "concerns", rule.kinds.iter());
    row(&mut page, "reads", rule.reads.iter());
    row(&mut page, "optional", rule.optional.iter());
    row(&mut page, "monotone", rule.monotone.iter());
    row(&mut page, "covers", rule.covers.iter());
    for (name, spec) in &rule.parameters {
        let _ = writeln!(page, "parameter    {name}: {}", parameter(spec));
    }
    remediation(&mut page, rule);
    page
}

fn row<T: ToString>(page: &mut String, label: &str, items: impl Iterator<Item = T>) {
    let items: Vec<String> = items.map(|item| item.to_string()).collect();
    if !items.is_empty() {
        let _ = writeln!(page, "{label:12} {}", items.join(", "));
    }
}

fn parameter(spec: &ParameterSpec) -> String {
    let mut text = spec.ty.to_string();
    if let Some(unit) = &spec.unit {
        let _ = write!(text, " of {unit}");
    }
    let _ = write!(text, ", default `{}`", spec.default);
    for (word, bound) in [("at least", spec.minimum), ("at most", spec.maximum)] {
        if let Some(bound) = bound {
            let _ = write!(text, ", {word} {bound}");
        }
    }
    if !spec.values.is_empty() {
        let _ = write!(text, ", of {}", spec.values.join(", "));
    }
    if let Some(description) = &spec.description {
        let _ = write!(text, ". {description}");
    }
    text
}

fn remediation(page: &mut String, rule: &Rule) {
    let _ = writeln!(page, "\nHow to mend\n  {}", rule.remediation.text);
    for (resource_type, attributes) in &rule.remediation.terraform {
        for (attribute, value) in attributes {
            let _ = writeln!(page, "  {resource_type}: {attribute} = {value}");
        }
    }
}
