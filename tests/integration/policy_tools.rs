//! The tools for whoever writes rules: new, check, test.

use std::fs;
use std::path::Path;

use quick_junit::Report;

use super::command::{Ran, dbkeel, list};

fn policy(words: &[&str]) -> Ran {
    dbkeel(["policy"].iter().chain(words))
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn at(folder: &Path, path: &str) -> String {
    folder.join(path).to_str().expect("a path").to_owned()
}

/// A folder with one new rule.
fn scaffolded() -> tempfile::TempDir {
    let folder = folder();
    let rule = at(folder.path(), "retention/weekly_backups");
    let ran = policy(&["new", &rule, "--fact", "backup_retention_days", "--fact", "tags.owner"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    folder
}

#[test]
fn a_new_rule_is_sound_at_once_and_says_what_is_next() {
    let folder = folder();
    let dir = at(folder.path(), "acme");
    let ran = policy(&["new", "retention/weekly_backups", "--policy", &dir, "--fact", "backup_retention_days"]);
    let text = ran.text().replace(&dir, "DIR");
    insta::assert_snapshot!(text);
    let ran = policy(&["check", "--policy", &dir]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let ran = policy(&["test", "--policy", &dir, "weekly_backups_test", "--verbose"]);
    assert_eq!(ran.status, 0);
    assert!(ran.text().ends_with("4 passed, 0 failed\n"), "{}", ran.text());
    assert!(!ran.text().contains("not run"), "{}", ran.text());
}

#[test]
fn nothing_is_overwritten() {
    let folder = scaffolded();
    let rule = at(folder.path(), "retention/weekly_backups");
    let before = fs::read(format!("{rule}.rego")).expect("the rule");
    let ran = policy(&["new", &rule, "--fact", "multi_az"]).refused();
    assert!(ran.stderr.contains("weekly_backups.rego` is there already"), "{}", ran.stderr);
    fs::remove_file(format!("{rule}.rego")).expect("removed");
    let ran = policy(&["new", &rule, "--fact", "multi_az"]).refused();
    assert!(ran.stderr.contains("weekly_backups_test.rego` is there already"), "{}", ran.stderr);
    assert!(!Path::new(&format!("{rule}.rego")).exists() && !before.is_empty());
}

#[test]
fn ids_go_on_where_they_stand_or_are_given() {
    let folder = scaffolded();
    let dir = at(folder.path(), "");
    let id_of = |path: &str| {
        let text = fs::read_to_string(at(folder.path(), path)).expect("the rule");
        text.lines().find_map(|line| line.strip_prefix("#   id: ").map(str::to_owned)).expect("it has an id")
    };
    assert_eq!(id_of("retention/weekly_backups.rego"), "OWN-RET-001");
    for words in [
        &["retention/more", "--fact", "multi_az"][..],
        &["access/closed", "--fact", "tls_required", "--id", "ACME-7"],
        &["ACME-LOG-002", "--title", "Logs, always", "--fact", "log_exports"],
    ] {
        let ran = policy(&[&["new"], words, &["--policy", &dir]].concat());
        assert_eq!(ran.status, 0, "{}", ran.stderr);
    }
    assert_eq!(id_of("retention/more.rego"), "OWN-RET-002");
    assert_eq!(id_of("access/closed.rego"), "ACME-7");
    assert_eq!(id_of("logging/logs_always.rego"), "ACME-LOG-002");
    assert_eq!(policy(&["check", "--policy", &dir]).status, 0);
}

#[test]
fn what_cannot_be_a_rule_is_refused_and_nothing_is_written() {
    let folder = folder();
    let dir = at(folder.path(), "acme");
    for (words, error) in [
        (&["retain/x", "--fact", "multi_az"][..], "`retain` is not a domain"),
        (&["x", "--fact", "multi_az"], "`x` names no domain"),
        (&["retention/X", "--fact", "multi_az"], "`X` is not the name of a rule"),
        (&["retention/a_test", "--fact", "multi_az"], "`a_test` is not the name of a rule"),
        (&["retention/x", "--fact", "multi_ay"], "there is no fact `multi_ay`"),
        (&["retention/x", "--fact", "tags"], "`tags` is read by key"),
        (
            &["retention/x", "--fact", "multi_az", "--fact", "event_categories"],
            "no kind of resource has all of these facts",
        ),
        (&["retention/x", "--fact", "multi_az", "--id", "DBK-RET-900"], "`DBK-RET-900` is not an id"),
        (&["retention/backup_retention", "--fact", "multi_az"], "`backup_retention` is taken"),
        (&["ACME-XXX-1", "--fact", "multi_az"], "`ACME-XXX-1` names no domain"),
        (&["ACME-RET-1", "--fact", "multi_az"], "rule `ACME-RET-1` needs a name"),
    ] {
        let ran = policy(&[&["new"], words, &["--policy", &dir]].concat()).refused();
        assert!(ran.stderr.contains(error), "{words:?}: {}", ran.stderr);
        assert!(!Path::new(&dir).exists(), "{words:?}");
    }
    let ran = policy(&["new", "retention/x", "--fact", "multi_az"]).refused();
    assert!(ran.stderr.contains("`retention/x` names no folder"), "{}", ran.stderr);
}

#[test]
fn the_tests_are_a_junit_file_with_their_failures_and_lines() {
    let folder = scaffolded();
    let test = at(folder.path(), "retention/weekly_backups_test.rego");
    let text = fs::read_to_string(&test).expect("the test");
    fs::write(&test, format!("{text}\ntest_is_wrong if 1 == 2\n\ntest_raises if to_number(\"x\") == 1\n"))
        .expect("written");
    let (dir, file) = (at(folder.path(), ""), at(folder.path(), "junit.xml"));
    let output = format!("junit={file}");
    let ran = policy(&["test", "--policy", &dir, "weekly_backups", "--output", &output]);
    assert_eq!(ran.status, 1);
    assert!(ran.text().contains("FAIL  dbkeel.retention.weekly_backups_test.test_is_wrong ("), "{}", ran.text());
    let xml = fs::read_to_string(&file).expect("the report");
    let report = Report::deserialize_from_str(&xml).expect("JUnit");
    assert_eq!((report.tests, report.failures, report.errors), (8, 1, 1));
    let case = &report.test_suites[0].test_cases[6];
    assert_eq!(
        (case.name.as_str(), case.classname.as_deref()),
        ("test_is_wrong", Some("dbkeel.retention.weekly_backups_test"))
    );
    assert!(case.extra["file"].as_str().ends_with("retention/weekly_backups_test.rego"));
}

#[test]
fn every_test_and_all_coverage_are_told_when_asked() {
    let ran = policy(&["test", "--fail-under", "100", "--output", "json"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let document: serde_json::Value = serde_json::from_slice(&ran.stdout).expect("JSON");
    assert_eq!((document["coverage_percent"].as_u64(), document["failed"].as_u64()), (Some(100), Some(0)));
    let verbose = policy(&["test", "--verbose"]).text();
    let count = |prefix: &str| verbose.lines().filter(|line| line.starts_with(prefix)).count();
    assert_eq!(count("ok "), list(&document["tests"]).len());
    assert_eq!(count("cover "), list(&document["files"]).len());
}

#[test]
fn too_little_coverage_fails_with_the_lines() {
    let folder = scaffolded();
    let rule = at(folder.path(), "retention/weekly_backups.rego");
    let text = fs::read_to_string(&rule).expect("the rule");
    fs::write(&rule, format!("{text}\nunused if {{\n\t1 == 2\n\tinput.multi_az\n}}\n")).expect("written");
    let dir = at(folder.path(), "");
    let ran = policy(&["test", "--policy", &dir, "--fail-under", "100"]);
    assert_eq!(ran.status, 1);
    let missing = format!("not run: {rule}: line {}\n", text.lines().count() + 4);
    assert!(ran.text().contains(&missing), "{}", ran.text());
    assert!(ran.text().contains("% of the rules' lines were run, which is less than 100 %\n"), "{}", ran.text());
    let ran = policy(&["test", "backup", "--fail-under", "100"]);
    assert_eq!(ran.status, 2);
}

#[test]
fn a_rule_whose_tests_see_one_side_only_is_found() {
    let folder = scaffolded();
    let test = at(folder.path(), "retention/weekly_backups_test.rego");
    let text = fs::read_to_string(&test).expect("the test");
    fs::write(&test, text.replace("test_passes", "test_is_right").replace("test_not_applicable", "test_exempt"))
        .expect("written");
    let ran = policy(&["check", "--policy", &at(folder.path(), "")]).refused();
    for outcome in ["passes", "not_applicable"] {
        assert!(ran.stderr.contains(&format!("error: no test is named `test_{outcome}_…`")), "{}", ran.stderr);
    }
}

#[test]
fn the_pages_of_the_documentation_are_written_and_are_those_of_the_terminal() {
    let folder = folder();
    let dir = at(folder.path(), "book");
    let ran = policy(&["docs", &dir, "--quiet"]);
    assert_eq!((ran.status, ran.stderr.as_str(), ran.text().as_str()), (0, "", ""));
    let page = fs::read_to_string(at(folder.path(), "book/rules/DBK-RET-001.md")).expect("the page");
    let shown = policy(&["show", "DBK-RET-001"]).text();
    assert_eq!(page.lines().count(), shown.lines().count());
    assert!(page.contains("[`is_replica`](../facts/is_replica.md)") && !shown.contains("]("), "{shown}");
    assert!(Path::new(&at(folder.path(), "book/facts/is_replica.md")).exists());
    let rules = policy(&["list", "--json"]);
    let rules: serde_json::Value = serde_json::from_slice(&rules.stdout).expect("JSON");
    let pages = fs::read_dir(at(folder.path(), "book/rules")).expect("a folder").count();
    assert_eq!(pages, list(&rules).len() + 1);
}

#[test]
fn a_page_of_ones_own_rule_is_written_too() {
    let folder = scaffolded();
    let (dir, book) = (at(folder.path(), ""), at(folder.path(), "book"));
    assert_eq!(policy(&["docs", &book, "--policy", &dir]).status, 0);
    let page = fs::read_to_string(at(folder.path(), "book/rules/OWN-RET-001.md")).expect("the page");
    assert!(page.starts_with("# OWN-RET-001: Weekly backups\n"), "{page}");
}
