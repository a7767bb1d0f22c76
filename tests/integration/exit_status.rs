//! The exit status says what was proven.

use serde_json::{Value, json};

use super::command::{AS_OF, dbkeel, dbkeel_reading};
use super::inputs::{SAMPLE, sample};

#[test]
fn nothing_at_or_above_the_threshold_is_0() {
    let plan = only(sample(), |address| address.starts_with("module.orders"));
    let ran = dbkeel_reading(
        ["scan", "-", "--as-of", AS_OF, "--fail-on", "critical", "--output", "csv"],
        plan.to_string().as_bytes(),
    );
    assert_eq!(ran.status, 0, "{}\n{}", ran.stderr, ran.text());
}

#[test]
fn a_failure_at_or_above_the_threshold_is_1() {
    for threshold in ["info", "low", "medium", "high", "critical"] {
        let ran = dbkeel(["scan", SAMPLE, "--as-of", AS_OF, "--fail-on", threshold]);
        assert_eq!(ran.status, 1, "{threshold}: {}", ran.stderr);
    }
}

#[test]
fn the_threshold_decides_and_not_the_number_of_failures() {
    let plan = only(sample(), |address| address.starts_with("module.orders"));
    let status = |threshold| {
        dbkeel_reading(["scan", "-", "--as-of", AS_OF, "--fail-on", threshold], plan.to_string().as_bytes()).status
    };
    let order: Vec<i32> = ["info", "low", "medium", "high", "critical"].map(status).to_vec();
    assert!(
        order.is_sorted_by(|milder, stricter| milder >= stricter),
        "a higher threshold never fails more: {order:?}"
    );
}

#[test]
fn what_cannot_run_is_2() {
    let cases: [&[&str]; 9] = [
        &[],
        &["scan"],
        &["scna", SAMPLE],
        &["scan", SAMPLE, "--output", "pdf"],
        &["scan", SAMPLE, "--fail-on", "dreadful"],
        &["scan", SAMPLE, "--as-of", "yesterday"],
        &["scan", SAMPLE, "--baseline", "no-such-baseline"],
        &["scan", SAMPLE, "--policy", "no-such-folder"],
        &["scan", SAMPLE, "--jobs", "many"],
    ];
    for words in cases {
        let ran = dbkeel(words);
        assert_eq!(ran.status, 2, "{words:?}: {}", ran.stderr);
        assert_eq!(ran.text(), "", "{words:?}");
        assert!(!ran.stderr.is_empty(), "{words:?}: it says why");
    }
}

#[test]
fn a_plan_in_which_nothing_can_be_judged_is_3() {
    let nothing = json!({"format_version": "1.2", "terraform_version": "1.11.4", "planned_values": {"root_module": {}}, "resource_changes": []});
    let other = json!({"format_version": "1.2", "terraform_version": "1.11.4", "planned_values": {"root_module": {}}, "resource_changes": [
        {"address": "terraform_data.x", "mode": "managed", "type": "terraform_data", "name": "x", "provider_name": "terraform.io/builtin/terraform",
         "change": {"actions": ["create"], "before": null, "after": {}, "after_unknown": {"id": true}, "before_sensitive": false, "after_sensitive": {}}}]});
    for plan in [nothing, other] {
        let ran = dbkeel_reading(["scan", "-"], plan.to_string().as_bytes());
        assert_eq!(ran.status, 3, "{}", ran.stderr);
        assert!(!ran.stderr.is_empty() || !ran.stdout.is_empty(), "it says that nothing was judged");
    }
}

#[test]
fn help_and_version_are_0_and_go_to_standard_output() {
    for words in [
        ["--help"].as_slice(),
        &["--version"],
        &["scan", "--help"],
        &["help", "scan"],
        &["policy", "list"],
        &["facts"],
        &["baseline", "show"],
        &["completions", "bash"],
    ] {
        let ran = dbkeel(words);
        assert_eq!(ran.status, 0, "{words:?}: {}", ran.stderr);
        assert!(!ran.stdout.is_empty(), "{words:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn standard_output_that_takes_nothing_is_2() {
    for words in [&["--version"][..], &["facts"], &["--help"], &["-h"], &["scan", "--help"], &["help", "waiver"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let ran = std::process::Command::new(env!("CARGO_BIN_EXE_dbkeel")).args(words).stdout(full).output().unwrap();
        let stderr = String::from_utf8_lossy(&ran.stderr);
        assert_eq!(ran.status.code(), Some(2), "{words:?}: {stderr}");
        assert!(stderr.starts_with("error: ") && !stderr.contains("panicked"), "{words:?}: {stderr}");
    }
}

#[test]
fn two_reports_for_one_file_are_2_however_it_is_spelled() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (json, csv) = (format!("json={}", path("report")), format!("csv={}", path("./report")));
    let ran = dbkeel(["scan", "testdata/sample/tfplan.json", "--output", &json, "--output", &csv]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("two reports would be written to"), "{}", ran.stderr);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is written");
}

#[test]
fn a_report_for_a_file_without_a_name_is_2() {
    for words in [&["scan", "testdata/sample/tfplan.json"][..], &["report", "patch", "testdata/reports/replies"]] {
        let ran = dbkeel(words.iter().chain(&["--output", "csv="])).refused();
        assert!(ran.stderr.contains("`--output csv=` names no file"), "{}", ran.stderr);
    }
}

#[test]
fn an_instant_that_rules_cannot_reckon_with_is_2() {
    let ran = dbkeel(["scan", "testdata/sample/tfplan.json", "--as-of", "9999-12-31"]).refused();
    assert!(ran.stderr.contains("the years 1678 to 2261 only"), "{}", ran.stderr);
}

#[test]
fn the_classes_of_drift_that_can_fail_are_told() {
    let ran = dbkeel(["drift", "--declared", "x", "--running", "y", "--fail-on-drift", "nope"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("expected one of changed, undeclared, missing, unmanaged, replaced, none"),
        "{}",
        ran.stderr
    );
}

/// The plan with only the resources whose address is wanted.
fn only(mut plan: Value, wanted: fn(&str) -> bool) -> Value {
    let changes = plan["resource_changes"].as_array_mut().expect("changes");
    changes.retain(|change| change["address"].as_str().is_some_and(wanted));
    assert!(!changes.is_empty());
    plan
}

/// As reproducible-builds.org asks for: a date that is not understood is not replaced by today's.
#[test]
fn a_source_date_that_is_none_is_2() {
    let ran = |date: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_dbkeel"));
        command.args(["baseline", "show"]).env("SOURCE_DATE_EPOCH", date).output().expect("the binary runs")
    };
    for date in ["yesterday", "1.5", "99999999999999999999"] {
        let ran = ran(date);
        assert_eq!(ran.status.code(), Some(2), "{date}");
        let told = String::from_utf8_lossy(&ran.stderr);
        assert!(told.contains("`SOURCE_DATE_EPOCH` is not a number of seconds since 1970"), "{told}");
    }
    for date in ["", "1795305600"] {
        assert_eq!(ran(date).status.code(), Some(0), "{date}");
    }
}
