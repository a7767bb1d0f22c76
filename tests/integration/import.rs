//! Imports and inventory files, as a user handles them.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::command::{AS_OF, Ran, dbkeel};

const REPLIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/inventory/replies");
/// What the replies hold in a pending password, in a tag and in an address.
const CANARY: &str = "c4nary-of-the-import";

fn import(from: &str, to: &Path) -> Ran {
    dbkeel(["collect", "import", from, "--to", to.to_str().unwrap(), "--as-of", AS_OF])
}

fn imported(name: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let ran = import(REPLIES, &path);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    (folder, path)
}

/// The verdicts of a scan, `id of rule, database: verdict`.
fn verdicts(input: &str) -> Vec<String> {
    let report: Value = serde_json::from_str(&scan(input).judged().text()).unwrap();
    let findings = report["verdicts"].as_array().or_else(|| report["findings"].as_array()).unwrap().iter();
    findings.map(|one| format!("{} {}: {}", one["rule"], one["resource"], one["verdict"])).collect()
}

fn scan(input: &str) -> Ran {
    dbkeel(["scan", input, "--as-of", AS_OF, "--output", "json"])
}

#[test]
fn an_import_is_judged_and_holds_no_secret() {
    assert!(fs::read_to_string(format!("{REPLIES}/eu-west-1/describe-db-instances.json")).unwrap().contains(CANARY));
    let (_folder, path) = imported("night.jsonl");
    let text = fs::read_to_string(&path).unwrap();
    assert!(!text.contains(CANARY) && text.contains("(withheld)"));
    let ran = scan(path.to_str().unwrap()).judged();
    assert!(!ran.text().contains(CANARY) && !ran.stderr.contains(CANARY));
    let report: Value = serde_json::from_str(&ran.text()).unwrap();
    assert_eq!((&report["summary"]["databases"], &report["summary"]["gaps"]), (&json!(2), &json!(0)));
    assert_eq!(report["sources"][0]["kind"], "inventory");
    assert!(ran.stderr.contains("what the others tell is unknown"), "{}", ran.stderr);
}

#[test]
fn compressed_or_not_the_verdicts_are_the_same() {
    let (_one, plain) = imported("night.jsonl");
    let (_other, small) = imported("night.jsonl.zst");
    assert!(fs::metadata(&small).unwrap().len() < fs::metadata(&plain).unwrap().len());
    assert_eq!(verdicts(plain.to_str().unwrap()), verdicts(small.to_str().unwrap()));
}

#[test]
fn an_import_can_be_repeated() {
    let (_folder, path) = imported("night.jsonl");
    let first = fs::read(&path).unwrap();
    assert_eq!(import(REPLIES, &path).status, 0);
    assert_eq!(fs::read(&path).unwrap(), first);
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn an_inventory_that_was_cut_or_changed_is_refused() {
    let (_folder, path) = imported("night.jsonl");
    let whole = fs::read_to_string(&path).unwrap();
    let refused = |text: &str, why: &str| {
        fs::write(&path, text).unwrap();
        let ran = scan(path.to_str().unwrap()).refused();
        assert!(ran.stderr.contains(why) && ran.stderr.contains("help: "), "{}", ran.stderr);
    };
    refused(&whole[..whole.len() / 2], "the inventory is not sealed");
    refused(&whole.replace("10.0.0.0/8", "10.0.0.0/9"), "was changed after it was sealed");
    refused(&whole.replace("\"version\":1", "\"version\":2"), "version 2");
}

#[test]
fn one_reply_is_judged_as_it_is() {
    let ran = scan(&format!("{REPLIES}/eu-west-1/describe-db-instances.json")).judged();
    let report: Value = serde_json::from_str(&ran.text()).unwrap();
    assert_eq!(report["summary"]["databases"], 2);
    assert!(!ran.text().contains(CANARY));
}

#[test]
fn a_list_that_is_cut_by_paging_is_a_gap() {
    let folder = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(format!("{REPLIES}/eu-west-1/describe-db-instances.json")).unwrap();
    let mut reply: Value = serde_json::from_str(&text).unwrap();
    reply["NextToken"] = "x".into();
    let page = folder.path().join("page.json");
    fs::write(&page, reply.to_string()).unwrap();
    let path = folder.path().join("night.jsonl");
    let ran = import(page.to_str().unwrap(), &path);
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    let report: Value = serde_json::from_str(&scan(path.to_str().unwrap()).judged().text()).unwrap();
    let gap = &report["gaps"][0];
    assert_eq!(gap["place"], "111122223333/eu-west-1");
    assert!(gap["reason"].as_str().unwrap().contains("rds:DescribeDBInstances is only a part of a list"), "{gap}");
}

#[test]
fn what_aws_config_does_not_record_is_not_taken_for_switched_off() {
    let folder = tempfile::tempdir().unwrap();
    let item = json!({
        "resourceType": "AWS::RDS::DBInstance", "awsAccountId": "111122223333", "awsRegion": "eu-west-1",
        "configurationItemStatus": "OK", "configurationItemCaptureTime": AS_OF,
        "configuration": {
            "dBInstanceIdentifier": "a", "dBInstanceArn": "arn:aws:rds:eu-west-1:111122223333:db:a", "engine": "postgres",
            "engineVersion": "16.4", "dBInstanceClass": "db.t3.micro", "storageEncrypted": true, "multiAZ": false,
            "backupRetentionPeriod": 0,
        },
        "tags": {"owner": "me", "tier": "tier-1"},
    });
    let snapshot = folder.path().join("snapshot.json");
    fs::write(&snapshot, json!({ "configurationItems": [item] }).to_string()).unwrap();
    let report: Value = serde_json::from_str(&scan(snapshot.to_str().unwrap()).judged().text()).unwrap();
    let state = |name: &str| {
        let facts = report["verdicts"].as_array().unwrap().iter().filter_map(|verdict| verdict["facts"].get(name));
        facts.filter_map(|fact| fact["state"].as_str()).map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(state("engine_version").iter().any(|state| state == "known"));
    for fact in ["deletion_protection", "log_exports", "iam_authentication"] {
        let states = state(fact);
        assert!(!states.is_empty() && states.iter().all(|state| state == "unknown"), "{fact}: {states:?}");
    }
}

#[test]
fn what_cannot_be_imported_is_refused_with_a_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("x.jsonl");
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/sample/tfplan.json");
    let ran = import(plan, &to).refused();
    assert!(ran.stderr.contains("give it to `dbkeel scan`"), "{}", ran.stderr);
    import(folder.path().to_str().unwrap(), &to).refused();
    import("no/such/file.json", &to).refused();
    let ran = import(REPLIES, Path::new("no/such/folder/x.jsonl")).refused();
    assert!(ran.stderr.contains("cannot be written"), "{}", ran.stderr);
    assert!(!to.exists());
}
