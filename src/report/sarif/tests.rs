//! Golden logs, the limits of code scanning, and what must never stand in an upload.

use serde_json::Value as Json;

use crate::report::ReportOptions;
use crate::report::testing::{
    audited, drifted, everything, many, many_drifts, nothing, render, render_with, uncompared, undrifted,
};

fn log(format: &str, results: &crate::model::Results) -> Json {
    serde_json::from_str(&render(format, results)).unwrap()
}

fn results_of(log: &Json) -> &Vec<Json> {
    log["runs"][0]["results"].as_array().unwrap()
}

#[test]
fn everything_at_once() {
    insta::assert_snapshot!("full", render("sarif-full", &everything()));
    insta::assert_snapshot!("github", render("sarif-github", &everything()));
}

#[test]
fn nothing_at_all() {
    insta::assert_snapshot!("full_nothing", render("sarif-full", &nothing()));
    insta::assert_snapshot!("github_nothing", render("sarif-github", &nothing()));
}

#[test]
fn everything_drifted() {
    insta::assert_snapshot!("full_drifted", render("sarif-full", &drifted()));
    insta::assert_snapshot!("github_drifted", render("sarif-github", &drifted()));
}

#[test]
fn a_comparison_without_drift_succeeds_and_one_of_nothing_does_not() {
    for format in ["sarif-full", "sarif-github"] {
        let invocation = |results: &crate::model::Results| log(format, results)["runs"][0]["invocations"][0].clone();
        assert_eq!(invocation(&undrifted())["executionSuccessful"], true);
        assert!(results_of(&log(format, &undrifted())).is_empty());
        let nothing = invocation(&uncompared());
        let text = "Nothing was compared: no resource is on both sides.";
        assert_eq!(nothing["executionSuccessful"], false);
        assert_eq!(nothing["toolExecutionNotifications"][0]["message"]["text"], text);
    }
}

#[test]
fn every_result_has_the_rule_that_it_names() {
    for format in ["sarif-full", "sarif-github"] {
        let log = log(format, &audited());
        let rules = &log["runs"][0]["tool"]["driver"]["rules"];
        for result in results_of(&log) {
            let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
            assert_eq!(rule["id"], result["ruleId"]);
        }
        assert!(results_of(&log).iter().any(|result| result["ruleId"] == "DBK-DRIFT-MULTI-AZ"));
    }
}

#[test]
fn a_drift_has_the_level_of_what_it_does_to_a_verdict() {
    let log = log("sarif-full", &drifted());
    let level = |rule: &str| {
        let result = results_of(&log).iter().find(|result| result["ruleId"] == rule).unwrap();
        (result["kind"].as_str().unwrap(), result["level"].as_str().unwrap())
    };
    assert_eq!(level("DBK-DRIFT-BACKUP-RETENTION-DAYS"), ("fail", "error"));
    assert_eq!(level("DBK-DRIFT-MULTI-AZ"), ("fail", "note"));
    assert_eq!(level("DBK-DRIFT-MISSING"), ("fail", "error"));
    assert_eq!(level("DBK-DRIFT-ALLOCATED-STORAGE-GIB"), ("informational", "none"));
    assert_eq!(level("DBK-DRIFT-KEY-ROTATION"), ("open", "none"));
    assert!(results_of(&log).iter().any(|result| result["kind"] == "review"));
}

#[test]
fn what_runs_and_has_no_file_stands_where_it_runs() {
    let log = log("sarif-github", &drifted());
    let uris: Vec<&str> = results_of(&log)
        .iter()
        .map(|result| &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
        .filter_map(Json::as_str)
        .collect();
    assert!(uris.contains(&"live/aws/111122223333/eu-central-1/rds/db/by-hand"), "{uris:?}");
    assert!(uris.contains(&"live/aws/111122223333/eu-central-1/rds/db/..%2F..%2F%3Dcmd"), "{uris:?}");
    assert!(!uris.iter().any(|uri| uri.contains(':') || uri.ends_with(".jsonl")), "{uris:?}");
}

#[test]
fn of_much_drift_code_scanning_gets_five_thousand_and_everybody_else_all() {
    let results = many_drifts(50_000);
    assert_eq!(results_of(&log("sarif-github", &results)).len(), 5000);
    assert_eq!(results_of(&log("sarif-full", &results)).len(), 50_000);
}

#[test]
fn no_drift_message_changes_by_itself() {
    let mut later = drifted();
    for drift in &mut later.drift.drifts {
        drift.pending_at = drift.pending_at.as_ref().map(|_| "2026-12-06T03:00:00Z".into());
    }
    for format in ["sarif-full", "sarif-github"] {
        assert_eq!(render(format, &later), render(format, &drifted()));
    }
}

#[test]
fn the_profile_follows_where_the_run_happens() {
    let inside = ReportOptions { github_actions: true, ..ReportOptions::default() };
    assert_eq!(render_with("sarif", &everything(), &inside), render("sarif-github", &everything()));
    assert_eq!(render("sarif", &everything()), render("sarif-full", &everything()));
}

#[test]
fn serde_sarif_reads_back_what_was_written() {
    for format in ["sarif-full", "sarif-github"] {
        let log = log(format, &audited());
        assert_eq!(super::log::round_trip(&log), log);
    }
}

#[test]
fn only_failures_reach_code_scanning() {
    for result in results_of(&log("sarif-github", &audited())) {
        assert_eq!(result["kind"], "fail");
        assert!(result.get("suppressions").is_none() && result.get("baselineState").is_none());
        assert_eq!(result["locations"].as_array().map(Vec::len), Some(1));
    }
}

#[test]
fn any_kind_but_fail_has_the_level_none() {
    let options = ReportOptions { sarif_passes: true, ..ReportOptions::default() };
    let log: Json = serde_json::from_str(&render_with("sarif-full", &audited(), &options)).unwrap();
    for result in results_of(&log) {
        assert_eq!(result["kind"] == "fail", result["level"] != "none", "{result}");
    }
    let counts = audited().counts();
    assert_eq!(results_of(&log).len(), counts.total() - counts.error + audited().drift.drifts.len());
}

#[test]
fn findings_without_lines_share_one_alert_a_rule_and_file() {
    let log = log("sarif-github", &many(50_000));
    let results = results_of(&log);
    assert_eq!(results.len(), 1);
    let text = results[0]["message"]["text"].as_str().unwrap();
    assert!(text.ends_with("; and 49990 more."), "{text}");
}

#[test]
fn the_worst_five_thousand_are_kept_and_the_rest_counted() {
    let mut results = many(6000);
    for (resource, line) in results.resources.iter_mut().zip(1..) {
        let region = crate::model::Region { start_line: line, start_column: 1, end_line: line, end_column: 2 };
        resource.location.region = Some(region);
    }
    let log = log("sarif-github", &results);
    assert_eq!(results_of(&log).len(), 5000);
    let notifications = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    assert_eq!(notifications[0]["message"]["text"], "1000 results left out: code scanning shows the 5,000 worst.");
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn an_alert_survives_mending_one_of_several_resources() {
    let fingerprints = |results| log("sarif-github", results)["runs"][0]["results"][0]["partialFingerprints"].clone();
    assert_eq!(fingerprints(&many(3)), fingerprints(&many(2)));
}
