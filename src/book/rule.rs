//! The page of one rule.

use std::fmt::Write as _;

use super::{Reader, code, line};
use crate::baseline::Baseline;
use crate::model::{FactPath, ParameterSpec, Rule};
use crate::policy::Policy;
use crate::report::text::clean;

pub(super) fn page(policy: &Policy, baselines: &[Baseline], reader: Reader) -> String {
    let rule = policy.rule.as_ref();
    let mut page = format!("# {}: {}\n\n{}\n\n", rule.id, line(&rule.title), line(&rule.description));
    facts_about(&mut page, rule);
    reads(&mut page, rule, reader);
    parameters(&mut page, rule, baselines);
    used_by(&mut page, rule, baselines);
    covers(&mut page, rule);
    remediation(&mut page, rule);
    waiver(&mut page, rule, reader);
    let source = policy.text();
    let logic = source.find("\npackage ").and_then(|at| source.get(at + 1..)).unwrap_or(source);
    section(&mut page, "The rule", &format!("```rego\n{}\n```", logic.trim_end()));
    page
}

/// Writing to a String cannot fail.
fn section(page: &mut String, title: &str, text: &str) {
    let _ = write!(page, "\n## {title}\n\n{text}\n");
}

fn facts_about(page: &mut String, rule: &Rule) {
    let kinds: Vec<String> = rule.kinds.iter().map(|kind| kind.as_str().replace('_', " ")).collect();
    let mut rows = vec![
        ("severity", rule.severity.to_string()),
        ("about", rule.domain.to_string()),
        ("name", code(&rule.name)),
        ("judges", kinds.join(", ")),
        ("file", code(&rule.path)),
    ];
    if !rule.aliases.is_empty() {
        let aliases: Vec<String> = rule.aliases.iter().map(|alias| code(alias)).collect();
        rows.push(("also called", aliases.join(", ")));
    }
    for (name, value) in rows {
        let _ = writeln!(page, "- {name}: {value}");
    }
}

fn reads(page: &mut String, rule: &Rule, reader: Reader) {
    let mut text =
        "A fact that is missing makes the rule not applicable, one that is not known makes its verdict unknown.\n\n\
                    | fact | meaning | |\n| --- | --- | --- |\n"
            .to_owned();
    for path in &rule.reads {
        let def = path.fact.def();
        let meaning = line(crate::report::text::first_sentence(def.meaning));
        let name = reader.link(&code(&path.to_string()), &format!("../facts/{}.md", def.name));
        let _ = writeln!(text, "| {name} | {meaning} | {} |", role(rule, path));
    }
    section(page, "What it reads", text.trim_end());
}

fn role(rule: &Rule, path: &FactPath) -> &'static str {
    if rule.optional.contains(path) {
        "may be missing"
    } else if rule.monotone.contains(path) {
        "a part is enough to fail"
    } else if rule.applicability.as_ref().is_some_and(|facts| facts.contains(path)) {
        "tells whether the rule applies"
    } else {
        ""
    }
}

fn parameters(page: &mut String, rule: &Rule, baselines: &[Baseline]) {
    if rule.parameters.is_empty() {
        return;
    }
    let mut text = String::new();
    for (name, spec) in &rule.parameters {
        let description = spec.description.as_deref().map(|text| format!(" {}", line(text))).unwrap_or_default();
        let _ = writeln!(text, "{}: {}.{description}\n", code(name), described(spec));
        let using: Vec<&Baseline> = baselines.iter().filter(|baseline| baseline.uses(rule)).collect();
        if !using.is_empty() {
            text.push_str("| baseline | tier | value |\n| --- | --- | --- |\n");
        }
        for baseline in using {
            for tier in baseline.tiers() {
                let value = tier.parameters.get(name).map(ToString::to_string).unwrap_or_default();
                let value = if value.is_empty() { "none".to_owned() } else { code(&value) };
                let _ = writeln!(text, "| {} | {} | {value} |", line(baseline.name()), line(&tier.name));
            }
        }
        text.push('\n');
    }
    section(page, "What a baseline may set", text.trim_end());
}

fn described(spec: &ParameterSpec) -> String {
    let mut text = spec.ty.to_string();
    if let Some(unit) = &spec.unit {
        let _ = write!(text, " of {}", line(unit));
    }
    let default = spec.default.to_string();
    let _ = match default.is_empty() {
        true => write!(text, ", empty by default"),
        false => write!(text, ", {} by default", code(&default)),
    };
    for (word, bound) in [("at least", spec.minimum), ("at most", spec.maximum)] {
        if let Some(bound) = bound {
            let _ = write!(text, ", {word} {bound}");
        }
    }
    if !spec.values.is_empty() {
        let values: Vec<String> = spec.values.iter().map(|value| code(value)).collect();
        let _ = write!(text, ", of {}", values.join(", "));
    }
    text
}

fn used_by(page: &mut String, rule: &Rule, baselines: &[Baseline]) {
    let names = |uses: bool| -> Vec<String> {
        let of = baselines.iter().filter(|baseline| baseline.uses(rule) == uses);
        of.map(|baseline| code(baseline.name())).collect()
    };
    let (with, without) = (names(true), names(false));
    let mut text = match with.is_empty() {
        true => "No baseline in the binary uses it.".to_owned(),
        false => format!("Used by {}.", with.join(", ")),
    };
    if !with.is_empty() && !without.is_empty() {
        let _ = write!(text, " Not used by {}.", without.join(", "));
    }
    section(page, "Baselines", &text);
}

fn covers(page: &mut String, rule: &Rule) {
    if rule.covers.is_empty() {
        return;
    }
    let covers: Vec<String> = rule.covers.iter().map(|control| format!("- {}", code(control))).collect();
    section(page, "Controls that it answers", &covers.join("\n"));
}

fn remediation(page: &mut String, rule: &Rule) {
    let mut text = format!("{}\n", line(&rule.remediation.text));
    if !rule.remediation.terraform.is_empty() {
        text.push_str("\n| Terraform | attribute | value |\n| --- | --- | --- |\n");
    }
    for (resource_type, attributes) in &rule.remediation.terraform {
        for (attribute, value) in attributes {
            let _ = writeln!(text, "| {} | {} | {} |", code(resource_type), code(attribute), code(value));
        }
    }
    section(page, "How to mend it", text.trim_end());
}

fn waiver(page: &mut String, rule: &Rule, reader: Reader) {
    let waivers = reader.link("waiver", "../waivers.md");
    let text = format!(
        "A failure that somebody accepts, for a reason and for a time, is a {waivers}:\n\n```yaml\nwaivers:\n  - id: W-1\n    \
         rule: {}\n    resource: aws_db_instance.example\n    reason: Say why\n    expires: 2099-12-31\n```\n\n`dbkeel policy \
         explain {} --on PATH` says why a resource got its verdict.",
        clean(&rule.id),
        clean(&rule.name)
    );
    section(page, "How to accept it", &text);
}
