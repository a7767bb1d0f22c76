//! `--gate delta`: only what a plan brings or makes worse fails the gate.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::command::{AS_OF, Ran, dbkeel, dbkeel_reading};
use super::inputs::SAMPLE;

const DATABASE: &str = "aws_db_instance.orders";
const PUBLIC: &str = "DBK-ACC-001";
const RETENTION: &str = "DBK-RET-001";

/// A database with much to complain about, as the provider records it.
fn neglected() -> Value {
    json!({
        "identifier": "orders", "port": 5432, "engine": "postgres", "engine_version": "16.3", "instance_class": "db.t4g.micro",
        "allocated_storage": 100, "storage_encrypted": false, "kms_key_id": "", "publicly_accessible": false,
        "backup_retention_period": 5, "multi_az": false, "deletion_protection": false, "skip_final_snapshot": true,
        "auto_minor_version_upgrade": false, "iam_database_authentication_enabled": false,
        "performance_insights_enabled": false, "monitoring_interval": 0, "copy_tags_to_snapshot": false,
        "ca_cert_identifier": "rds-ca-rsa2048-g1", "enabled_cloudwatch_logs_exports": [],
        "vpc_security_group_ids": [], "parameter_group_name": "default.postgres16", "db_subnet_group_name": "orders",
        "tags": {"tier": "tier-1"}, "tags_all": {"tier": "tier-1"}
    })
}

/// The same with other values.
fn with(mut attributes: Value, others: &[(&str, Value)]) -> Value {
    for (name, value) in others {
        attributes[name] = value.clone();
    }
    attributes
}

fn change(address: &str, actions: &[&str], before: Value, after: Value) -> Value {
    let (resource_type, name) = address.split_once('.').unwrap();
    json!({
        "address": address, "mode": "managed", "type": resource_type, "name": name,
        "provider_name": "registry.terraform.io/hashicorp/aws",
        "change": {"actions": actions, "before": before, "after": after, "after_unknown": {}, "before_sensitive": {}, "after_sensitive": {}}
    })
}

fn plan(changes: &[Value]) -> String {
    json!({"format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": changes,
        "planned_values": {"root_module": {}}, "configuration": {"root_module": {}}})
    .to_string()
}

fn judged(changes: &[Value], words: &[&str]) -> Ran {
    let fixed = ["scan", "-", "--as-of", AS_OF, "--gate", "delta", "--output", "json"];
    dbkeel_reading(fixed.iter().chain(words).copied(), plan(changes).as_bytes())
}

/// How the failures of a resource stand, by rule.
fn standing(ran: &Ran, address: &str) -> BTreeMap<String, String> {
    let report: Value = serde_json::from_slice(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    let position = report["resources"].as_array().unwrap().iter().position(|one| one["id"] == address).unwrap() as u64;
    let has = |row: &&Value| {
        let range = |range: &Value| match range.as_array() {
            Some(ends) => (ends[0].as_u64().unwrap()..=ends[1].as_u64().unwrap()).contains(&position),
            None => range.as_u64() == Some(position),
        };
        row["verdict"] == "fail" && row["resources"].as_array().unwrap().iter().any(range)
    };
    let word = |row: &Value| row["standing"].as_str().unwrap_or("none").to_owned();
    let rows = report["verdicts"].as_array().unwrap().iter().filter(has);
    rows.map(|row| (row["rule"].as_str().unwrap().to_owned(), word(row))).collect()
}

fn count(standing: &BTreeMap<String, String>, word: &str) -> usize {
    standing.values().filter(|one| *one == word).count()
}

#[test]
fn what_a_plan_leaves_as_it_is_stood_before() {
    let changes = [change(DATABASE, &["no-op"], neglected(), neglected())];
    let ran = judged(&changes, &["--fail-on", "info"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let found = standing(&ran, DATABASE);
    assert!(found.len() > 5, "{found:?}");
    assert_eq!(count(&found, "stood_before"), found.len(), "{found:?}");
    // The same plan fails where everything counts.
    let all = dbkeel_reading(["scan", "-", "--as-of", AS_OF], plan(&changes).as_bytes());
    assert_eq!(all.status, 1, "{}", all.stderr);
}

#[test]
fn a_change_that_only_fixes_things_passes_however_much_stays() {
    let after = with(neglected(), &[("backup_retention_period", json!(35)), ("multi_az", json!(true))]);
    let ran = judged(&[change(DATABASE, &["update"], neglected(), after)], &["--fail-on", "info"]);
    let found = standing(&ran, DATABASE);
    assert_eq!(ran.status, 0, "{found:?} {}", ran.stderr);
    assert!(!found.contains_key(RETENTION), "{found:?}");
    assert!(found.len() > 4, "{found:?}");
}

#[test]
fn what_one_change_breaks_fails_whatever_else_it_fixes() {
    let after = with(neglected(), &[("backup_retention_period", json!(35)), ("publicly_accessible", json!(true))]);
    let ran = judged(&[change(DATABASE, &["update"], neglected(), after)], &[]);
    let found = standing(&ran, DATABASE);
    assert_eq!(ran.status, 1, "{found:?} {}", ran.stderr);
    // That it becomes public, and that a plan makes it so.
    assert_eq!(
        (found[PUBLIC].as_str(), found["DBK-CHG-011"].as_str(), count(&found, "new")),
        ("new", "new", 2),
        "{found:?}"
    );
}

#[test]
fn a_number_that_moves_away_from_what_is_asked_is_worse_and_one_that_comes_nearer_is_not() {
    for (days, status, word) in [(2, 1, "worse"), (9, 0, "stood_before")] {
        let after = with(neglected(), &[("backup_retention_period", json!(days))]);
        let ran = judged(&[change(DATABASE, &["update"], neglected(), after)], &[]);
        let found = standing(&ran, DATABASE);
        assert_eq!((ran.status, found[RETENTION].as_str()), (status, word), "{days}: {found:?}");
    }
}

#[test]
fn a_graver_tier_makes_what_fails_there_worse_or_new() {
    let lenient = with(neglected(), &[("tags", json!({"tier": "tier-3"})), ("tags_all", json!({"tier": "tier-3"}))]);
    let ran = judged(&[change(DATABASE, &["update"], lenient, neglected())], &[]);
    let found = standing(&ran, DATABASE);
    assert_eq!(ran.status, 1, "{found:?}");
    assert_eq!(found[RETENTION], "new", "five days were enough in tier-3: {found:?}");
}

#[test]
fn a_resource_that_moved_is_the_same_one() {
    let mut moved = change("aws_db_instance.renamed", &["no-op"], neglected(), neglected());
    moved["previous_address"] = json!(DATABASE);
    let ran = judged(&[moved], &["--fail-on", "info"]);
    let found = standing(&ran, "aws_db_instance.renamed");
    assert_eq!(ran.status, 0, "{found:?}");
    assert_eq!(count(&found, "stood_before"), found.len(), "{found:?}");
}

#[test]
fn a_resource_that_is_renamed_without_a_move_is_another_one() {
    let gone = change(DATABASE, &["delete"], neglected(), Value::Null);
    let comes = change("aws_db_instance.renamed", &["create"], Value::Null, neglected());
    let ran = judged(&[gone, comes], &[]);
    let found = standing(&ran, "aws_db_instance.renamed");
    assert_eq!(ran.status, 1, "{found:?}");
    assert_eq!(count(&found, "new"), found.len(), "{found:?}");
    // That a database goes is new, too.
    let old = standing(&ran, DATABASE);
    assert!(!old.is_empty() && count(&old, "new") == old.len(), "{old:?}");
}

#[test]
fn a_replacement_is_new_and_what_it_keeps_is_not() {
    let after = with(neglected(), &[("identifier", json!("orders-2"))]);
    let mut replaced = change(DATABASE, &["delete", "create"], neglected(), after);
    replaced["change"]["replace_paths"] = json!([["identifier"]]);
    let ran = judged(&[replaced], &[]);
    let found = standing(&ran, DATABASE);
    assert_eq!(ran.status, 1, "{found:?}");
    assert_eq!(found[RETENTION], "stood_before", "{found:?}");
    let new: Vec<&String> = found.iter().filter(|(_, word)| *word == "new").map(|(rule, _)| rule).collect();
    assert!(!new.is_empty() && new.iter().all(|rule| rule.starts_with("DBK-CHG-")), "{found:?}");
}

#[test]
fn a_new_database_has_to_be_as_asked() {
    let ran = judged(&[change(DATABASE, &["create"], Value::Null, neglected())], &[]);
    let found = standing(&ran, DATABASE);
    assert_eq!(ran.status, 1);
    assert_eq!(count(&found, "new"), found.len(), "{found:?}");
}

#[test]
fn one_more_open_range_is_worse_where_one_was_open() {
    let group = |ranges: &[&str]| {
        let rule = json!({"from_port": 5432, "to_port": 5432, "protocol": "tcp", "cidr_blocks": ranges,
            "ipv6_cidr_blocks": [], "prefix_list_ids": [], "security_groups": [], "self": false, "description": ""});
        json!({"id": "sg-0a", "name": "db", "vpc_id": "vpc-0a", "ingress": [rule], "egress": [], "tags": {}, "tags_all": {}})
    };
    let database = with(neglected(), &[("vpc_security_group_ids", json!(["sg-0a"]))]);
    let judge = |before: &[&str], after: &[&str]| {
        let changes = [
            change("aws_security_group.db", &["update"], group(before), group(after)),
            change(DATABASE, &["no-op"], database.clone(), database.clone()),
        ];
        let ran = judged(&changes, &["--fail-on", "info"]);
        let found = standing(&ran, DATABASE);
        (ran.status, found)
    };
    let (status, found) = judge(&["0.0.0.0/1"], &["0.0.0.0/1", "128.0.0.0/1"]);
    assert_eq!(status, 1, "{found:?}");
    assert!(count(&found, "worse") > 0 && count(&found, "new") == 0, "{found:?}");
    let (status, found) = judge(&["0.0.0.0/1", "128.0.0.0/1"], &["0.0.0.0/1"]);
    assert_eq!(status, 0, "{found:?}");
}

#[test]
fn another_violation_of_a_rule_that_looks_at_elements_one_by_one_is_worse() {
    let tagged = |tags: Value| with(neglected(), &[("tags", tags.clone()), ("tags_all", tags)]);
    let before = tagged(json!({"tier": "tier-1", "owner": "team-a"}));
    let after = tagged(json!({"tier": "tier-1", "service": "orders"}));
    let ran = judged(&[change(DATABASE, &["update"], before, after)], &["--fail-on", "info"]);
    let found = standing(&ran, DATABASE);
    assert_eq!((ran.status, found["DBK-OWN-001"].as_str()), (1, "worse"), "{found:?}");
}

#[test]
fn a_plan_without_changes_was_as_its_state_says() {
    let document = |before: Option<Value>, after: Value| {
        let resource = |values: Value| {
            json!({"root_module": {"resources": [{
            "address": DATABASE, "mode": "managed", "type": "aws_db_instance", "name": "orders",
            "provider_name": "registry.terraform.io/hashicorp/aws", "values": values, "sensitive_values": {}}]}})
        };
        let prior = before.map_or(json!({"root_module": {}}), resource);
        json!({"format_version": "1.2", "terraform_version": "1.11.4", "planned_values": resource(after),
            "prior_state": {"format_version": "1.0", "terraform_version": "1.11.4", "values": prior}})
    };
    // What a plan does not name is known after apply; a state names everything.
    let neglected =
        || with(self::neglected(), &[("manage_master_user_password", json!(true)), ("password", Value::Null)]);
    let judge = |document: Value| {
        let ran = dbkeel_reading(
            ["scan", "-", "--as-of", AS_OF, "--gate", "delta", "--output", "json"],
            document.to_string().as_bytes(),
        );
        let found = standing(&ran, DATABASE);
        (ran.status, found)
    };
    let (status, found) = judge(document(None, neglected()));
    assert_eq!((status, count(&found, "stood_before")), (1, 0), "{found:?}");
    let (status, found) = judge(document(Some(neglected()), neglected()));
    assert_eq!((status, count(&found, "stood_before")), (0, found.len()), "{found:?}");
    let mut without = document(None, neglected());
    without.as_object_mut().unwrap().remove("prior_state");
    assert_eq!(judge(without).0, 1);
}

#[test]
fn reports_fold_what_stood_before() {
    let after = with(neglected(), &[("publicly_accessible", json!(true))]);
    let changes = plan(&[change(DATABASE, &["update"], neglected(), after)]);
    let told = |format: &str| {
        let ran =
            dbkeel_reading(["scan", "-", "--as-of", AS_OF, "--gate", "delta", "--output", format], changes.as_bytes());
        assert_eq!(ran.status, 1, "{}", ran.stderr);
        ran.text()
    };
    let table = told("table");
    let (before, folded) = table.split_once("= STOOD BEFORE (").unwrap_or_else(|| panic!("{table}"));
    assert!(before.contains(PUBLIC) && !before.contains(RETENTION), "{table}");
    assert!(folded.contains(RETENTION), "{table}");
    assert!(table.contains(": 2 new or worse by this change, "), "{table}");
    let comment = told("pr-comment");
    assert!(comment.contains("## dbkeel: ✗ 2 failed by this change\n"), "{comment}");
    let (before, folded) = comment.split_once("<summary>Stood before").unwrap_or_else(|| panic!("{comment}"));
    assert!(before.contains(PUBLIC) && !before.contains(RETENTION), "{comment}");
    assert!(folded.contains(RETENTION), "{comment}");
    let junit = told("junit");
    assert!(junit.contains("failures=\"2\""), "{junit}");
    let sarif: Value = serde_json::from_str(&told("sarif-full")).unwrap();
    let states: Vec<&str> = sarif["runs"][0]["results"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|result| result["baselineState"].as_str())
        .collect();
    assert_eq!(states.iter().filter(|state| **state == "new").count(), 2);
    assert!(states.iter().filter(|state| **state == "unchanged").count() > 4);
}

#[test]
fn what_is_no_plan_cannot_be_compared_with_before() {
    for path in ["testdata/sample", "testdata/drift/sample/state.tfstate", "testdata/drift/sample/running.json"] {
        let ran = dbkeel(["scan", path, "--gate", "delta"]);
        assert_eq!(ran.status, 2, "{path}: {}", ran.stderr);
        assert!(ran.stderr.contains(&format!("`{path}` is no plan")), "{}", ran.stderr);
        assert!(ran.stderr.contains("leave out `--gate delta`"), "{}", ran.stderr);
    }
}

#[test]
fn a_waiver_and_a_gap_weigh_as_much_as_ever() {
    let broken = json!({"address": "aws_db_instance.broken", "mode": "managed", "type": "aws_db_instance", "name": "broken",
        "change": {"actions": ["explode"], "before": null, "after": {}}});
    let ran = judged(&[change(DATABASE, &["no-op"], neglected(), neglected()), broken], &[]);
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    let sample = dbkeel(["scan", SAMPLE, "--as-of", AS_OF, "--gate", "delta"]);
    assert_eq!(sample.status, 1, "{}", sample.stderr);
}
