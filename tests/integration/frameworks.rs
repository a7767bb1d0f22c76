//! Frameworks from the command line: what the commands print, and what a scan shows of controls.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use super::command::{AS_OF, FORMATS, Ran, dbkeel};
use super::inputs::SAMPLE;

fn json(ran: &Ran) -> Value {
    serde_json::from_slice(&ran.stdout).expect("JSON")
}

fn scan(more: &[&str]) -> Ran {
    dbkeel(["scan", SAMPLE, "--as-of", AS_OF].iter().chain(more).copied())
}

/// The controls of the first framework of a scan, by number.
fn controls(more: &[&str]) -> BTreeMap<String, Value> {
    let document = json(&scan(&[&["--output", "json"], more].concat()).judged());
    let controls = document["frameworks"][0]["controls"].as_array().expect("controls").clone();
    controls.into_iter().map(|control| (control["id"].as_str().expect("a number").to_owned(), control)).collect()
}

#[test]
fn the_frameworks_are_listed_and_sound() {
    let list = dbkeel(["framework", "list", "--json"]);
    let ids: Vec<Value> = json(&list).as_array().expect("rows").iter().map(|row| row["id"].clone()).collect();
    assert!(ids.contains(&"pci-dss-4.0".into()) && ids.contains(&"nist-800-53-r5".into()), "{ids:?}");
    let lint = dbkeel(["framework", "lint"]);
    assert_eq!((lint.status, lint.stderr.as_str()), (0, ""));
    assert!(lint.text().starts_with(&format!("{} frameworks with ", ids.len())), "{}", lint.text());
}

#[test]
fn a_framework_shows_what_it_asks_what_is_not_tested_and_what_a_baseline_gives_away() {
    let page = dbkeel(["framework", "show", "cis-aws-6.0", "--baseline", "standard"]).text();
    for said in [
        "3.2.1  RDS databases are encrypted at rest  (automated)\n  rules: DBK-ENC-001\n",
        "  not tested: the control asks it of every symmetric key of the account;",
        "  ! lost: DBK-AVA-002 in tier-3: require_multi_az is false, ",
        "baseline `standard` loses evidence for 1 of 5 controls\n",
    ] {
        assert!(page.contains(said), "{said}\n{page}");
    }
}

#[test]
fn a_scan_shows_the_controls_in_every_report_that_has_room_for_them_and_changes_nothing_else() {
    let without = scan(&["--output", "json"]);
    let with = scan(&["--output", "json", "--framework", "cis-aws-6.0", "--framework", "hipaa"]);
    assert_eq!(with.status, without.status);
    let (mut document, plain) = (json(&with), json(&without));
    let frameworks = document.as_object_mut().expect("an object").remove("frameworks").expect("frameworks");
    assert_eq!(document, plain);
    let ids: Vec<&Value> = frameworks.as_array().expect("rows").iter().map(|row| &row["id"]).collect();
    assert_eq!(ids, ["cis-aws-6.0", "hipaa"]);
    for format in FORMATS {
        let report = scan(&["--output", format, "--framework", "gdpr"]).judged();
        let shows = report.text().contains("not satisfied") || report.text().contains("not_satisfied");
        assert_eq!(shows, ["table", "json", "html", "markdown", "pr-comment", "oscal"].contains(&format), "{format}");
    }
}

#[test]
fn the_status_of_a_control_follows_from_its_verdicts_and_claims_no_more() {
    for id in ["cis-aws-6.0", "pci-dss-4.0", "nist-800-53-r5"] {
        for (number, control) in controls(&["--framework", id]) {
            let count = |key: &str| control[key].as_u64().expect("a count");
            let status = control["status"].as_str().expect("a status");
            let is_left = count("unknown") + count("error") + count("below_bar") > 0;
            match status {
                "satisfied" => {
                    assert!(count("pass") > 0 && count("fail") + count("waived") == 0 && !is_left, "{number}")
                }
                "not_satisfied" => assert!(count("fail") + count("waived") > 0, "{number}"),
                "unknown" => assert!(count("fail") + count("waived") == 0 && is_left, "{number}"),
                _ => assert_eq!(count("pass") + count("fail") + count("waived") + count("unknown"), 0, "{number}"),
            }
            let is_partial = control["assessment"] == "partial";
            assert!(!is_partial || control["remainder"].is_string() || control["lost"].is_array(), "{number}");
        }
    }
}

#[test]
fn a_framework_of_your_own_is_checked_and_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("handbook.yaml");
    let text = "\
id: handbook
name: Handbook
edition: \"1\"
publisher: Us
numbering: free
source: ours
sources: {handbook: chapter 4}
controls:
  - id: DB-1
    title: Backups are kept for a month
    assessment: automated
    requires:
      min_backup_retention_days: {minimum: 30, source: handbook, why: we promised it}
    evidence: [{rules: [DBK-RET-001], sources: [handbook]}]
";
    fs::write(&file, text).expect("written");
    let path = file.to_string_lossy().into_owned();
    let control = &controls(&["--framework", &path])["DB-1"];
    // Tier-1 keeps 35 days, the others are below the bar.
    assert_eq!(control["assessment"], "partial");
    assert!(control["below_bar"].as_u64() > Some(0), "{control}");
    assert_eq!(control["lost"][0]["reason"], "min_backup_retention_days is 7, Handbook asks at least 30");

    fs::write(&file, text.replace("DBK-RET-001", "DBK-RET-01")).expect("written");
    let refused = dbkeel(["framework", "lint", &path]).refused();
    assert!(refused.stderr.contains("there is no rule `DBK-RET-01`"), "{}", refused.stderr);
    assert!(refused.stderr.contains("handbook.yaml:14:"), "{}", refused.stderr);
    scan(&["--framework", &path]).refused();
}

#[test]
fn a_framework_that_does_not_exist_is_refused() {
    let refused = scan(&["--framework", "pci"]).refused();
    assert!(refused.stderr.starts_with("error: no framework is called `pci`"), "{}", refused.stderr);
}
