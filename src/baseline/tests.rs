//! Tests of the whole way from text to baseline.

mod assignment;
mod drift;
mod errors;
mod extends;
mod limits;
mod schema;
mod standard;
mod typos;
mod valid;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::model::{Domain, ParameterSpec, ParameterType, Remediation, Severity, Value};

/// The instant at which tests ask.
const NOW: &str = "2026-11-22T06:00:00Z";

/// A baseline without mistakes, for tests that make one.
const GOOD: &str = "\
name: good
tiers:
  strict: {}
  usual: {}
assign:
  - {tier: strict, tags: {tier: gold}}
  - {tier: usual, default: true}
";

fn spec(ty: ParameterType, default: Value) -> ParameterSpec {
    ParameterSpec { ty, unit: None, default, minimum: None, maximum: None, values: Vec::new(), description: None }
}

fn rule(id: &str, domain: Domain, name: &str, parameters: Vec<(&str, ParameterSpec)>) -> Arc<Rule> {
    Arc::new(Rule {
        id: id.into(),
        name: name.into(),
        domain,
        title: format!("The good state of {name}").into(),
        description: "".into(),
        severity: Severity::High,
        covers: Vec::new(),
        aliases: vec![format!("OLD-{id}").into()],
        parameters: parameters.into_iter().map(|(name, spec)| (name.into(), spec)).collect::<BTreeMap<_, _>>(),
        remediation: Remediation::default(),
        reads: Vec::new(),
        optional: Vec::new(),
        monotone: Vec::new(),
        at_least: Vec::new(),
        at_most: Vec::new(),
        per_element: false,
        applicability: None,
        kinds: Vec::new(),
        path: "".into(),
        user: false,
    })
}

/// One rule for each type of parameter, not in the order of their ids.
fn rules() -> Vec<Arc<Rule>> {
    let days = ParameterSpec {
        unit: Some("days".into()),
        minimum: Some(1),
        maximum: Some(35),
        ..spec(ParameterType::Integer, Value::Integer(7))
    };
    let tags = spec(ParameterType::Strings, Value::List(Vec::new().into()));
    let texts = tags.clone();
    vec![
        rule("DBK-RET-001", Domain::Retention, "backup_retention", vec![("min_backup_retention_days", days)]),
        rule(
            "DBK-AVA-002",
            Domain::Availability,
            "multi_az",
            vec![("require_multi_az", spec(ParameterType::Boolean, Value::Bool(true)))],
        ),
        rule("DBK-OWN-001", Domain::Ownership, "required_tags", vec![("required_tags", tags)]),
        rule(
            "DBK-PAR-001",
            Domain::Parameters,
            "tls_version",
            vec![
                ("min_tls", spec(ParameterType::String, Value::from("1.2"))),
                ("tls_levels", ParameterSpec { values: vec!["ddl".into(), "none".into()], ..texts }),
            ],
        ),
    ]
}

fn good(text: &str) -> Baseline {
    parse("b.yaml", text, &rules()).unwrap_or_else(|found| panic!("{}", joined(&found)))
}

fn joined(found: &[Diagnostic]) -> String {
    found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The errors of a text as a user sees them.
fn errors(text: &str) -> String {
    match parse("b.yaml", text, &rules()) {
        Ok(_) => "no error".to_owned(),
        Err(found) => joined(&found),
    }
}
