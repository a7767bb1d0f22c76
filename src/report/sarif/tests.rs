//! Golden logs, the limits of code scanning, and what must never stand in an upload.

use serde_json::Value as Json;

use crate::report::ReportOptions;
use crate::report::testing::{everything, many, nothing, render, render_with};

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
fn the_profile_follows_where_the_run_happens() {
    let inside = ReportOptions { github_actions: true, ..ReportOptions::default() };
    assert_eq!(render_with("sarif", &everything(), &inside), render("sarif-github", &everything()));
    assert_eq!(render("sarif", &everything()), render("sarif-full", &everything()));
}

#[test]
fn serde_sarif_reads_back_what_was_written() {
    for format in ["sarif-full", "sarif-github"] {
        let log = log(format, &everything());
        assert_eq!(super::log::round_trip(&log), log);
    }
}

#[test]
fn only_failures_reach_code_scanning() {
    for result in results_of(&log("sarif-github", &everything())) {
        assert_eq!(result["kind"], "fail");
        assert!(result.get("suppressions").is_none() && result.get("baselineState").is_none());
        assert_eq!(result["locations"].as_array().map(Vec::len), Some(1));
    }
}

#[test]
fn any_kind_but_fail_has_the_level_none() {
    let options = ReportOptions { sarif_passes: true, ..ReportOptions::default() };
    let log: Json = serde_json::from_str(&render_with("sarif-full", &everything(), &options)).unwrap();
    for result in results_of(&log) {
        assert_eq!(result["kind"] == "fail", result["level"] != "none", "{result}");
    }
    let counts = everything().counts();
    assert_eq!(results_of(&log).len(), counts.total() - counts.error);
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
