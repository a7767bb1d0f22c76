use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::model::Results;
use crate::report::testing::{audited, drifted, everything, nothing, render};

fn events(results: &Results) -> Vec<Json> {
    render("ocsf", results).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The events of a rule, by the resource.
fn of_rule(events: &[Json], rule: &str) -> BTreeMap<String, Json> {
    let is_of = |event: &&Json| event["compliance"]["control"] == rule;
    events.iter().filter(is_of).map(|event| (event["resources"][0]["uid"].to_string(), event.clone())).collect()
}

#[test]
fn everything_at_once() {
    insta::assert_snapshot!(render("ocsf", &everything()));
}

#[test]
fn everything_drifted() {
    insta::assert_snapshot!(render("ocsf", &drifted()));
}

#[test]
fn nothing_at_all_is_no_event() {
    assert_eq!(render("ocsf", &nothing()), "");
}

#[test]
fn every_verdict_is_an_event_with_its_status() {
    let results = everything();
    let counts = results.counts();
    let mut statuses: BTreeMap<(String, u64, u64), usize> = BTreeMap::new();
    for event in events(&results).iter().filter(|event| event["compliance"]["category"] != "drift") {
        let key = |path: &str| event.pointer(path).and_then(Json::as_u64).unwrap();
        let verdict = event["status_code"].as_str().unwrap().to_owned();
        *statuses.entry((verdict, key("/compliance/status_id"), key("/status_id"))).or_default() += 1;
    }
    let expected = [
        (("error".to_owned(), 99, 1), counts.error),
        (("fail".to_owned(), 3, 1), counts.fail),
        (("not_applicable".to_owned(), 99, 99), counts.not_applicable),
        // One of them was open until now.
        (("pass".to_owned(), 1, 4), 1),
        (("pass".to_owned(), 1, 99), counts.pass - 1),
        (("unknown".to_owned(), 2, 1), counts.unknown),
        (("waived".to_owned(), 3, 3), counts.waived),
    ];
    assert_eq!(statuses, BTreeMap::from(expected));
}

#[test]
fn an_activity_is_what_the_history_tells_and_a_creation_without_one() {
    let types = |results: &Results| {
        let mut types: BTreeMap<u64, usize> = BTreeMap::new();
        for event in events(results) {
            *types.entry(event["type_uid"].as_u64().unwrap()).or_default() += 1;
        }
        types
    };
    let mut results = everything();
    assert_eq!(types(&results).keys().copied().collect::<Vec<_>>(), [200_301, 200_302, 200_303]);
    let closed = of_rule(&events(&results), "DBK-ACC-001").remove("\"aws_db_instance.z\"").unwrap();
    assert_eq!((&closed["activity_id"], &closed["status"]), (&Json::from(3), &Json::from("Resolved")));
    results.history = None;
    assert_eq!(types(&results).keys().copied().collect::<Vec<_>>(), [200_301]);
}

#[test]
fn a_waived_finding_still_fails_and_names_who_accepted_it() {
    let waived = of_rule(&events(&everything()), "DBK-OWN-001").remove("\"aws_rds_cluster.zoo\"").unwrap();
    assert_eq!(waived["compliance"]["status"], "Fail");
    assert_eq!(waived["status"], "Suppressed");
    let comment =
        "waived by W-2 until 2026-12-01: <b>vendor</b>|=1; accepted by Ada; owned by =team; decided in RISK-1";
    assert_eq!(waived["comment"], comment);
}

#[test]
fn what_no_class_of_drift_can_fail_on_is_no_event() {
    let results = audited();
    let told = results.drift.drifts.iter().filter(|drift| super::super::siem::is_told(drift)).count();
    assert_eq!(events(&results).len(), results.counts().total() + told);
    assert!(told < results.drift.drifts.len());
}
