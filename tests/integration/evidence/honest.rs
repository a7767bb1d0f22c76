//! What was packed honestly verifies, and every verdict is derived again, whatever it was made of.

use std::fs;

use serde_json::{Value, json};

use super::Desk;
use super::bundle::{files, of_project, sha256};
use crate::integration::command::{AS_OF, Scanned, dbkeel};
use crate::integration::inputs::SAMPLE;

const WAIVERS: &str = "\
waivers:
  - id: W-1
    rule: not_publicly_accessible
    resource: \"*\"
    reason: \"the vendor's jump host; see <RISK-7>\"
    approver: Ada Lovelace
    expires: 2026-12-31
  - id: W-2
    rule: backup_retention
    tier: tier-1
    tags: {owner: \"*\"}
    reason: until the new cluster is there
    expires: 2026-11-01
  - id: W-3
    rule: storage_encrypted
    source_comment: required
    reason: nobody said where
    expires: 2026-12-31
";

const RELAXED: &str = "\
name: relaxed
extends: standard
rules:
  exclude: [ownership/*]
parameters:
  min_backup_retention_days: 1
severity:
  access/*: low
upcoming:
  - from: 2027-01-01
    reason: the audit of 2027
    parameters: {min_backup_retention_days: 30}
";

/// Fails unless a bundle verifies; how many rules, resources and verdicts were judged again.
fn judged_again(desk: &Desk, bundle: &str) -> (u64, u64, u64) {
    let ran = desk.verify(&[bundle], &["--format", "json"]);
    let document: Value = serde_json::from_slice(&ran.stdout).expect("JSON");
    assert_eq!((ran.status, &document["verified"]), (0, &json!(true)), "{}", ran.text());
    assert_eq!(document["schema"], "dbkeel.evidence-verification/v1");
    let derived = &document["bundles"][0]["derived"];
    let number = |position: usize| derived[position].as_u64().expect("a number");
    (number(0), number(1), number(2))
}

#[test]
fn a_bundle_has_the_results_of_a_scan_and_verifies() {
    let desk = Desk::with_sample();
    let scan = dbkeel(["scan", SAMPLE, "--as-of", AS_OF, "--output", "json"]).judged();
    assert_eq!(desk.read("a/results.json"), scan.text());
    let scanned = Scanned::read(&scan.stdout);
    let rules = scanned.document["rules"].as_array().expect("rules").len() as u64;
    let resources = scanned.document["resources"].as_array().expect("resources").len() as u64;
    assert_eq!(judged_again(&desk, "a"), (rules, resources, scanned.verdicts.len() as u64));
    for report in ["report.txt", "report.md", "report.csv", "report.sarif", "report.html"] {
        assert!(fs::metadata(desk.path("a/reports").join(report)).expect("there").len() > 100, "{report}");
    }
}

#[test]
fn the_exit_status_is_that_of_a_scan() {
    let desk = Desk::new();
    assert_eq!(desk.pack("failed", SAMPLE, &[]).status, 1);
    assert_eq!(
        desk.pack("nothing", &desk.put("p.json", r#"{"format_version":"1.2","resource_changes":[]}"#), &[]).status,
        3
    );
    desk.verified(&["failed"]);
    desk.verified(&["nothing"]);
    assert_eq!(desk.json("nothing/manifest.json")["judging"]["gate"], "not-proven");
    desk.pack("missing", "no-such-plan.json", &[]).refused();
    assert!(!desk.path("missing").exists());
}

#[test]
fn nothing_is_written_over_and_nothing_is_left_behind() {
    let desk = Desk::with_sample();
    let before = desk.read("a/SHA256SUMS");
    let ran = desk.pack("a", SAMPLE, &[]).refused();
    assert!(ran.stderr.contains("is there already"), "{}", ran.stderr);
    desk.put("file", "mine");
    desk.pack("file", SAMPLE, &[]).refused();
    desk.pack("no/such/folder", SAMPLE, &[]).refused();
    assert_eq!((desk.read("a/SHA256SUMS"), desk.read("file").as_str()), (before, "mine"));
    let left: Vec<_> =
        fs::read_dir(desk.path("")).expect("readable").map(|entry| entry.expect("one").file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn the_same_input_gives_the_same_bytes_on_any_number_of_threads() {
    let desk = Desk::new();
    let key = desk.put("redact.key", &"k".repeat(40));
    desk.run("chmod", &["600", &key]);
    let (signer, _) = desk.keys("signer");
    let words = ["--redact", "tags", "--redact-key", &key, "--sign-key", &signer, "--dsse", "--framework", "soc-2"];
    desk.pack("a", SAMPLE, &[&words[..], &["--jobs", "1"]].concat()).judged();
    desk.pack("b", SAMPLE, &[&words[..], &["--jobs", "4"]].concat()).judged();
    let (a, b) = (files(&desk.path("a")), files(&desk.path("b")));
    assert_eq!(a.len(), b.len());
    for (a, b) in a.iter().zip(&b) {
        assert_eq!(fs::read(a).expect("read"), fs::read(b).expect("read"), "{}", a.display());
    }
}

#[test]
fn waivers_relaxed_parameters_coming_changes_and_frameworks_are_judged_again() {
    let desk = Desk::new();
    let (baseline, waivers) = (desk.put("b/relaxed.yaml", RELAXED), desk.put("waivers.yaml", WAIVERS));
    let words = ["--baseline", &baseline, "--waivers", &waivers, "--framework", "pci-dss-4.0", "--framework", "soc-2"];
    desk.pack("a", SAMPLE, &words).judged();
    judged_again(&desk, "a");
    let results = desk.json("a/results.json");
    assert!(results["summary"]["total"]["waived"].as_u64().expect("a number") > 0);
    assert!(!results["coming"].as_array().expect("coming").is_empty());
    assert_eq!(results["frameworks"].as_array().expect("frameworks").len(), 2);
    let manifest = desk.json("a/manifest.json");
    let rows = &manifest["ingredients"];
    let text = |row: &Value| desk.read(&format!("a/{}", row["file"].as_str().expect("a file")));
    assert_eq!(text(&rows["waivers"]), WAIVERS);
    assert_eq!(text(&rows["baselines"][0]), RELAXED);
    assert_eq!(text(&rows["baselines"][1]), fs::read_to_string(of_project("baselines/standard.yaml")).expect("there"));
    assert_eq!(text(&rows["engines"]), fs::read_to_string(of_project("baselines/engines.yaml")).expect("there"));
    // The files themselves are not needed any more.
    fs::remove_file(baseline).and_then(|()| fs::remove_file(waivers)).expect("removed");
    judged_again(&desk, "a");
}

#[test]
fn configuration_plan_state_and_inventory_together_are_judged_again() {
    let desk = Desk::new();
    let [folder, plan, state, reply] = [
        "testdata/fix",
        "testdata/locate/tfplan.json",
        "testdata/drift/sample/state.tfstate",
        "testdata/drift/sample/running.json",
    ]
    .map(of_project);
    let ran = desk.pack("a", &folder, &[&plan, &state, &reply, SAMPLE]).judged();
    let (_, resources, verdicts) = judged_again(&desk, "a");
    assert!(resources > 20 && verdicts > 500, "{resources} {verdicts} {}", ran.stderr);
    let kinds: Vec<String> = desk.json("a/manifest.json")["read"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| row["kind"].to_string())
        .collect();
    for kind in ["terraform-plan", "terraform-state", "terraform-configuration", "inventory"] {
        assert!(kinds.iter().any(|of| of.contains(kind)), "{kind}: {kinds:?}");
    }
}

#[test]
fn every_kind_of_database_is_judged_again() {
    let desk = Desk::new();
    let mut plans = files(&std::path::PathBuf::from(of_project("testdata/whole")));
    let first = plans.remove(0).to_str().expect("a path").to_owned();
    let rest: Vec<String> = plans.iter().map(|path| path.to_str().expect("a path").to_owned()).collect();
    let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
    desk.pack("a", &first, &rest).judged();
    judged_again(&desk, "a");
}

#[test]
fn comments_that_waive_are_judged_again_without_the_source() {
    let desk = Desk::new();
    super::bundle::copy(of_project("testdata/locate").as_ref(), &desk.path("source"));
    desk.edit(
        "source/main.tf",
        "resource \"aws_db_instance\" \"reports\"",
        "# dbkeel:waive W-1\nresource \"aws_db_instance\" \"reports\"",
    );
    let waivers = desk.put(
        "waivers.yaml",
        "waivers:\n  - {id: W-1, rule: backup_retention, source_comment: required, reason: a test, expires: 2026-12-31}\n",
    );
    let plan = of_project("testdata/locate/tfplan.json");
    let source = desk.text("source");
    desk.pack("a", &plan, &["--waivers", &waivers, "--source", &source]).judged();
    assert!(desk.json("a/results.json")["summary"]["total"]["waived"].as_u64().expect("a number") > 0);
    fs::remove_dir_all(source).expect("removed");
    judged_again(&desk, "a");
}

#[test]
fn what_could_not_be_read_stays_not_proven() {
    let desk = Desk::new();
    let reply = fs::read_to_string(of_project("testdata/inventory/replies/eu-west-1/describe-db-instances.json"));
    let mut reply: Value = serde_json::from_str(&reply.expect("there")).expect("JSON");
    reply["NextToken"] = "x".into();
    let page = desk.put("page.json", &reply.to_string());
    let night = desk.text("night.jsonl");
    dbkeel(["collect", "import", &page, "--to", &night, "--as-of", AS_OF]);
    assert_eq!(desk.pack("a", &night, &[]).status, 3);
    assert_eq!(desk.json("a/manifest.json")["scope"]["gaps"], 1);
    assert_eq!(desk.json("a/manifest.json")["scope"]["accounts"], json!(["111122223333"]));
    judged_again(&desk, "a");
}

const RULE: &str = r#"# METADATA
# title: Databases are small enough to restore in a night
# description: A restore takes as long as the storage is large, and the business waits for it.
# custom:
#   id: ACME-RET-002
#   severity: high
#   parameters:
#     max_storage_gib: {type: integer, unit: GiB, default: 10}
#   remediation:
#     text: Split the database, or agree on a longer recovery time.
package dbkeel.retention.small_enough

violations contains message if {
	input.allocated_storage_gib > data.parameters.max_storage_gib
	message := sprintf("has %d GiB; %s asks for at most %d", [
		input.allocated_storage_gib,
		data.baseline.tier,
		data.parameters.max_storage_gib,
	])
}
"#;

#[test]
fn rules_that_no_binary_has_are_judged_again() {
    let desk = Desk::new();
    desk.put("my rules/retention/small_enough.rego", RULE);
    let rules = desk.text("my rules");
    desk.pack("a", SAMPLE, &["--policy", &rules]).judged();
    fs::remove_dir_all(rules).expect("removed");
    judged_again(&desk, "a");
    let results = desk.read("a/results.json");
    assert!(results.contains("ACME-RET-002") && results.contains("asks for at most 10"));
}

#[test]
fn rules_of_another_binary_are_judged_by_as_they_were() {
    // As a bundle would be that an older dbkeel packed: its own rule, in its own words, under the name of one of ours.
    let desk = Desk::with_sample();
    let file = "a/policies/embedded/retention/backup_retention.rego";
    desk.edit(file, "keeps %s of backups", "has kept %s of backups");
    let results = desk.read("a/results.json").replace("\"keeps ", "\"has kept ");
    desk.put("a/results.json", &results);
    desk.reseal("a");
    let ran = desk.verify(&["a"], &[]);
    // All that is left is the digest of the rules, which the attacker, or the older dbkeel, has right.
    let digest =
        ran.text().split("judging again gives ").nth(1).and_then(|rest| rest.get(..64)).expect("a digest").to_owned();
    assert_eq!(ran.text().lines().filter(|line| line.starts_with("  x ")).count(), 1, "{}", ran.text());
    let old = desk.json("a/manifest.json")["judging"]["policies_sha256"].as_str().expect("a digest").to_owned();
    for name in ["a/results.json", "a/manifest.json"] {
        desk.edit(name, &old, &digest);
    }
    desk.reseal("a");
    judged_again(&desk, "a");
}

#[test]
fn nights_are_a_chain_in_any_order() {
    let desk = Desk::new();
    let mut previous: Option<String> = None;
    for night in ["2026-11-20", "2026-11-21", "2026-11-22"] {
        let mut words = Vec::new();
        if let Some(previous) = &previous {
            words.extend(["--previous", previous.as_str()]);
        }
        desk.pack_at(night, night, SAMPLE, &words).judged();
        previous = Some(desk.text(night));
    }
    desk.verified(&["2026-11-22", "2026-11-20", "2026-11-21"]);
    desk.verified(&["2026-11-21", "2026-11-22"]);
    desk.verified(&["2026-11-22"]);
    let told = desk.json("2026-11-22/manifest.json")["previous"].clone();
    let sums = fs::read(desk.path("2026-11-21/SHA256SUMS")).expect("there");
    assert_eq!(told, json!({"sha256sums": sha256(&sums), "as_of": "2026-11-21T00:00:00Z"}));
    let ran = desk.pack_at("2026-11-19", "back", SAMPLE, &["--previous", &desk.text("2026-11-22")]).refused();
    assert!(ran.stderr.contains("which is after 2026-11-19T00:00:00Z"), "{}", ran.stderr);
    let ran = desk.pack("none", SAMPLE, &["--previous", &of_project("testdata")]).refused();
    assert!(ran.stderr.contains("is not a bundle"), "{}", ran.stderr);
}

#[test]
fn what_is_written_fits_its_schemas() {
    let desk = Desk::new();
    let (signer, _) = desk.keys("signer");
    let waivers = desk.put("waivers.yaml", WAIVERS);
    let words = ["--waivers", &waivers, "--redact", "tags.owner", "--framework", "soc-2", "--sign-key", &signer];
    desk.pack("a", SAMPLE, &words).judged();
    desk.pack("b", SAMPLE, &["--previous", &desk.text("a")]).judged();
    let schema = |name: &str| {
        let text = fs::read_to_string(of_project(&format!("docs/schema/{name}"))).expect("there");
        jsonschema::draft202012::new(&serde_json::from_str(&text).expect("JSON")).expect("a schema")
    };
    let fits = |schema: &jsonschema::Validator, value: &Value| {
        let errors: Vec<String> = schema.iter_errors(value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{value}: {errors:?}");
    };
    let (manifest, facts) = (schema("evidence-v1.json"), schema("evidence-facts-v1.json"));
    for bundle in ["a", "b"] {
        fits(&manifest, &desk.json(&format!("{bundle}/manifest.json")));
        for line in desk.read(&format!("{bundle}/inventory/facts.jsonl")).lines() {
            fits(&facts, &serde_json::from_str(line).expect("JSON"));
        }
    }
    let mut other = desk.json("a/manifest.json");
    other["schema"] = "dbkeel.evidence/v2".into();
    assert!(!manifest.is_valid(&other));
    assert!(!facts.is_valid(&json!({"resource": {"id": "x"}})));
}
