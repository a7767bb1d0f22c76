//! `dbkeel baseline`, and what a baseline does to a scan, as a user sees both.

use std::fs;
use std::path::Path;

use super::command::{AS_OF, Ran, dbkeel, root};

const SAMPLE: &str = "testdata/sample/tfplan.json";

/// What a team says beside `standard`.
const OURS: &str = "\
name: ours
extends: standard
severity: {DBK-RET-001: critical, DBK-ENC-003: high}
parameters: {require_customer_managed_key: true}
tiers:
  tier-2: {parameters: {min_backup_retention_days: 14}, severity: {DBK-AVA-002: low}}
upcoming:
  - {from: 2027-01-01, reason: the audit, tiers: {tier-2: {parameters: {min_backup_retention_days: 35}}}}
";

fn write(folder: &Path, name: &str, text: &str) -> String {
    let place = folder.join(name);
    fs::write(&place, text).expect("written");
    place.to_string_lossy().into_owned()
}

fn scan(baseline: &str, as_of: &str, words: &[&str]) -> Ran {
    let base = ["scan", SAMPLE, "--baseline", baseline, "--as-of", as_of, "--no-source"];
    dbkeel(base.into_iter().chain(words.iter().copied()))
}

fn json(ran: &Ran) -> serde_json::Value {
    serde_json::from_slice(&ran.stdout).expect("JSON")
}

#[test]
fn every_baseline_in_the_binary_is_listed_and_shown() {
    let listed = json(&dbkeel(["baseline", "list", "--json"]));
    let names: Vec<&str> = listed.as_array().expect("a list").iter().filter_map(|row| row["name"].as_str()).collect();
    assert_eq!(names, ["standard", "startup", "pci-dss-4.0", "hipaa"]);
    for name in names {
        let shown = dbkeel(["baseline", "show", name]);
        assert_eq!(shown.status, 0, "{}", shown.stderr);
        assert!(shown.text().starts_with(&format!("baseline {name}\n")));
        let linted = dbkeel(["baseline", "lint", name]);
        assert!(linted.text().ends_with("nothing found\n"), "{}", linted.text());
    }
}

#[test]
fn lint_tells_everything_that_is_wrong_and_what_is_odd() {
    let folder = tempfile::tempdir().expect("a folder");
    let fine = write(folder.path(), "fine.yaml", OURS);
    let old = dbkeel(["baseline", "lint", &fine, "--as-of", "2027-01-01"]);
    assert_eq!(old.status, 0);
    assert!(old.text().contains("the change of 2027-01-01 is not upcoming any more"), "{}", old.text());
    let first = write(folder.path(), "first.yaml", &OURS.replace("tier-2:", "tier-22:"));
    let second = write(folder.path(), "second.yaml", &OURS.replace("critical", "grave"));
    let wrong = dbkeel(["baseline", "lint", &first, &second, &fine]).refused();
    assert_eq!(wrong.stderr.matches("error: ").count(), 2, "{}", wrong.stderr);
    assert!(wrong.stderr.contains("did you mean `tier-2`?"), "{}", wrong.stderr);
    assert!(wrong.stderr.contains("there is no severity `grave`"), "{}", wrong.stderr);
}

#[test]
fn what_is_coming_is_told_and_fails_no_gate_until_its_day() {
    let folder = tempfile::tempdir().expect("a folder");
    let ours = write(folder.path(), "ours.yaml", OURS);
    let before = scan(&ours, "2026-12-31", &["--output", "json"]).judged();
    let coming = json(&before)["coming"].clone();
    let told: Vec<_> = coming.as_array().expect("a list").iter().map(|row| (&row["from"], &row["rule"])).collect();
    assert!(!told.is_empty() && told.iter().all(|(from, rule)| *from == "2027-01-01" && *rule == "DBK-RET-001"));
    let announced: u64 = coming
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|row| row["resources"].as_array().expect("ranges"))
        .map(|range| range[1].as_u64().unwrap() - range[0].as_u64().unwrap() + 1)
        .sum();
    let failed = |ran: &Ran| json(ran)["summary"]["total"]["fail"].as_u64().expect("a number");
    let after = scan(&ours, "2027-01-01", &["--output", "json"]).judged();
    assert_eq!(json(&after).get("coming"), None);
    // Certificates and support that end between the two days would be told apart from it.
    let without = write(folder.path(), "without.yaml", OURS.split("upcoming").next().unwrap());
    let same_day = scan(&without, "2027-01-01", &["--output", "json"]).judged();
    assert_eq!(failed(&after), failed(&same_day) + announced);
    for (format, heading) in [("table", "> COMING"), ("markdown", "Coming: what"), ("pr-comment", "Coming: what")] {
        let page = scan(&ours, "2026-12-31", &["--output", format]).judged().text();
        assert!(page.contains(heading) && page.contains("the audit"), "{format}: {page}");
    }
    let gate = |as_of: &str, baseline: &str| scan(baseline, as_of, &["--fail-on", "critical"]).status;
    assert_eq!(gate("2026-12-31", &ours), gate("2026-12-31", &without));
}

#[test]
fn every_report_uses_the_severity_of_the_tier() {
    let folder = tempfile::tempdir().expect("a folder");
    let ours = write(folder.path(), "ours.yaml", OURS);
    let ran = scan(&ours, AS_OF, &["--output", "csv"]).judged().text();
    let rows: Vec<&str> = ran.lines().filter(|row| row.starts_with("DBK-RET-001,") && row.contains(",fail,")).collect();
    assert!(!rows.is_empty() && rows.iter().all(|row| row.contains(",critical,fail,")), "{rows:?}");
    let sarif = json(&scan(&ours, AS_OF, &["--output", "sarif-full"]).judged());
    let of = |name: &str| {
        let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
        rules.iter().find(|rule| rule["id"] == name).expect("the rule")["properties"]["security-severity"].clone()
    };
    // A rule has the gravest severity of any tier.
    assert_eq!((of("DBK-RET-001"), of("DBK-AVA-002")), ("9.5".into(), "5.5".into()));
    let document = json(&scan(&ours, AS_OF, &["--output", "json"]).judged());
    let tier = &document["tiers"][1];
    assert_eq!(
        tier["severity"],
        serde_json::json!({"DBK-AVA-002": "low", "DBK-ENC-003": "high", "DBK-RET-001": "critical"})
    );
}

#[test]
fn without_a_default_what_belongs_to_no_tier_is_a_finding() {
    let folder = tempfile::tempdir().expect("a folder");
    let untiered = write(folder.path(), "untiered.yaml", "name: ours\nextends: standard\nuntiered: tier-1\n");
    let main = "resource \"aws_db_instance\" \"main\" {\n  engine = \"postgres\"\n}\n";
    fs::create_dir(folder.path().join("source")).expect("made");
    write(folder.path(), "source/main.tf", main);
    let source = folder.path().join("source");
    let rows = |baseline: &str| -> Vec<String> {
        let base = ["scan", "--baseline", baseline, "--as-of", AS_OF, "--output", "csv"];
        let csv = dbkeel(base.into_iter().chain(source.to_str())).judged().text();
        csv.lines().filter(|row| row.starts_with("DBK-OWN-008,") && row.contains(",fail,")).map(str::to_owned).collect()
    };
    let found = rows(&untiered);
    assert!(!found.is_empty() && found.iter().all(|row| row.contains("untiered, judged as tier-1")), "{found:?}");
    assert_eq!(rows("standard"), [""; 0]);
}

#[test]
fn diff_tells_what_newly_fails_by_tier_and_owner() {
    let folder = tempfile::tempdir().expect("a folder");
    let ours = write(folder.path(), "ours.yaml", OURS);
    let diff = |old: &str, new: &str, words: &[&str]| {
        let base = ["baseline", "diff", old, new, "--on", SAMPLE, "--as-of", AS_OF];
        dbkeel(base.into_iter().chain(words.iter().copied()))
    };
    let there = diff("standard", &ours, &[]);
    assert_eq!(there.status, 1, "{}{}", there.text(), there.stderr);
    insta::assert_snapshot!("diff_table", there.text());
    insta::assert_snapshot!("diff_markdown", diff("standard", &ours, &["--format", "markdown"]).text());
    let document = json(&diff("standard", &ours, &["--format", "json"]));
    assert_eq!(document["schema"], "dbkeel.baseline-diff/v1");
    let back = json(&diff(&ours, "standard", &["--format", "json"]));
    assert_eq!(document["counts"]["newly_fails"], back["counts"]["no_longer_fails"]);
    assert_eq!(document["counts"]["graver"], back["counts"]["milder"]);
    let same = diff(&ours, &ours, &[]);
    assert_eq!(same.status, 0, "{}", same.text());
    // What the frameworks ask for is no less than what `standard` does.
    for name in ["pci-dss-4.0", "hipaa"] {
        let counts = json(&diff("standard", name, &["--format", "json"]))["counts"].clone();
        assert_eq!((&counts["no_longer_fails"], &counts["milder"]), (&0.into(), &0.into()), "{name}");
    }
    let lenient = json(&diff("standard", "startup", &["--format", "json"]))["counts"].clone();
    assert_eq!(lenient["newly_fails"], 0);
}

#[test]
fn a_diff_of_what_cannot_be_judged_proves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let empty = write(folder.path(), "main.tf", "# nothing\n");
    let ran = dbkeel(["baseline", "diff", "standard", "startup", "--on", folder.path().to_str().unwrap()]);
    assert_eq!(ran.status, 3, "{empty}: {}{}", ran.text(), ran.stderr);
}

#[test]
fn a_baseline_is_judged_from_its_own_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("base")).expect("made");
    write(folder.path(), "base/company.yaml", "name: company\nextends: standard\ndescription: Ours.\n");
    let child = write(folder.path(), "team.yaml", "name: team\nextends: base/company.yaml\n");
    let shown = dbkeel(["baseline", "show", &child]).text();
    assert!(shown.contains("base/company.yaml, which extends baselines/standard.yaml\n"), "{shown}");
    assert!(root().join("baselines/standard.yaml").exists());
}
