//! Golden documents, the published schema, and that no verdict is lost.

use serde_json::Value as Json;

use crate::model::{Results, Verdict};
use crate::report::testing::{audited, drifted, everything, many, many_drifts, nothing, render, uncompared, undrifted};

fn document(results: &Results) -> Json {
    serde_json::from_str(&render("json", results)).unwrap()
}

#[test]
fn everything_at_once() {
    insta::assert_snapshot!(render("json", &everything()));
}

#[test]
fn nothing_at_all() {
    insta::assert_snapshot!(render("json", &nothing()));
}

#[test]
fn everything_drifted() {
    insta::assert_snapshot!(render("json", &drifted()));
}

#[test]
fn nothing_drifted() {
    insta::assert_snapshot!(render("json", &undrifted()));
}

#[test]
fn the_document_conforms_to_the_published_schema() {
    let schema: Json = serde_json::from_str(include_str!("../../../docs/schema/results-v1.json")).unwrap();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let compared = [drifted(), undrifted(), uncompared(), audited(), many_drifts(3)];
    for results in [everything(), nothing(), many(3)].into_iter().chain(compared) {
        let document = document(&results);
        let errors: Vec<String> =
            validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
}

/// What the `jq` line of the documentation does.
fn verdicts_of(document: &Json) -> Vec<(String, String, String)> {
    let text = |value: &Json| value.as_str().unwrap().to_owned();
    let mut verdicts = Vec::new();
    for row in document["verdicts"].as_array().unwrap() {
        for range in row["resources"].as_array().unwrap() {
            for position in range[0].as_u64().unwrap()..=range[1].as_u64().unwrap() {
                let resource = &document["resources"][position as usize];
                verdicts.push((text(&row["rule"]), text(&row["verdict"]), text(&resource["id"])));
            }
        }
    }
    verdicts.sort();
    verdicts
}

#[test]
fn every_verdict_can_be_made_again_from_the_document() {
    for results in [everything(), nothing(), many(100)] {
        let mut expected: Vec<_> = results
            .findings(Verdict::ALL)
            .map(|finding| {
                (finding.rule.id.to_string(), finding.outcome.verdict.to_string(), finding.resource.id.to_string())
            })
            .collect();
        expected.sort();
        assert_eq!(verdicts_of(&document(&results)), expected);
    }
}

#[test]
fn a_sensitive_value_is_withheld() {
    let document = document(&everything());
    let rows = document["verdicts"].as_array().unwrap();
    let row = rows.iter().find(|row| row["rule"] == "DBK-LOG-001" && row["verdict"] == "unknown").unwrap();
    let fact = &row["facts"]["log_exports"];
    assert_eq!((&fact["state"], &fact["cause"]), (&"unknown".into(), &"withheld".into()));
    assert!(fact.get("value").is_none());
}
