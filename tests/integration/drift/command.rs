//! `dbkeel drift` as a user runs it: the sample of the README, the two other comparisons, what ends it with which status.

use serde_json::{Value, json};

use crate::integration::command::{AS_OF, FORMATS, Ran, dbkeel, list, text};

const SAMPLE: &str = "testdata/drift/sample";

/// The sample as the README has it, with more words.
fn sample(more: &[&str]) -> Ran {
    let (state, running) = (format!("{SAMPLE}/state.tfstate"), format!("{SAMPLE}/running.json"));
    let words = ["drift", "--declared", SAMPLE, &state, "--running", &running, "--as-of", AS_OF];
    dbkeel(words.iter().chain(more))
}

fn json_of(ran: &Ran) -> Value {
    serde_json::from_slice(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", ran.text(), ran.stderr))
}

/// Class, resource, subject.
fn drifts(document: &Value) -> Vec<(String, String, String)> {
    let row = |drift: &Value| {
        let subject = drift.get("fact").map_or("", |fact| text(fact));
        (text(&drift["class"]).to_owned(), text(&drift["resource"]["id"]).to_owned(), subject.to_owned())
    };
    list(&document["drift"]).iter().map(row).collect()
}

#[test]
fn the_sample_of_the_readme_drifts_as_it_says() {
    let ran = sample(&[]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    insta::assert_snapshot!(ran.text());
}

#[test]
fn every_format_tells_of_the_sample_and_the_document_is_as_the_schema_says() {
    for format in FORMATS {
        let ran = sample(&["--output", format]);
        assert_eq!(ran.status, 1, "{format}: {}", ran.stderr);
        assert!(ran.text().contains("scratch"), "{format} names what nothing declares: {}", ran.text());
        assert_eq!(ran.text(), sample(&["--output", format, "--jobs", "1"]).text(), "{format} is the same every time");
    }
    let schema: Value = serde_json::from_str(include_str!("../../../docs/schema/results-v1.json")).unwrap();
    let document = json_of(&sample(&["--output", "json"]));
    jsonschema::validate(&schema, &document).expect("the results are as the schema says");
}

#[test]
fn the_classes_on_which_the_gate_fails_can_be_chosen() {
    assert_eq!(sample(&["--fail-on-drift", "none"]).status, 0);
    assert_eq!(sample(&["--fail-on-drift", "replaced"]).status, 0);
    assert_eq!(sample(&["--fail-on-drift", "replaced,missing"]).status, 1);
    let refused = sample(&["--fail-on-drift", "pending"]);
    assert_eq!(refused.status, 2);
    assert!(refused.stderr.contains("`pending` drift is reported and never fails"), "{}", refused.stderr);
    for more in [&["--fail-on-drift", "none,changed"][..], &["--fail-on-drift", "changed", "--fail-on-drift", "none"]] {
        let refused = sample(more).refused();
        assert!(refused.stderr.contains("`--fail-on-drift` names `none` and classes to fail on"), "{}", refused.stderr);
    }
}

#[test]
fn what_is_ignored_is_counted_and_what_ignores_nothing_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ignore.yaml");
    let rules = "ignore:\n  - {fact: tags.*, reason: by hand, expires: 2026-12-31}\n  - {class: replaced, reason: gone, expires: 2026-12-31}\n  \
                 - {class: missing, reason: over, expires: 2026-01-31}\n";
    std::fs::write(&file, rules).unwrap();
    let ran = sample(&["--ignore", file.to_str().unwrap(), "--output", "json"]);
    let document = json_of(&ran);
    assert!(drifts(&document).iter().all(|(_, _, fact)| !fact.starts_with("tags")), "{:?}", drifts(&document));
    assert!(drifts(&document).iter().any(|(class, ..)| class == "missing"), "an expired rule ignores nothing");
    let matched: Vec<&Value> = list(&document["comparison"]["ignores"]).iter().map(|used| &used["matched"]).collect();
    assert_eq!(matched, [&json!(2), &json!(0), &json!(0)]);
    assert!(ran.stderr.contains("matches no drift") && ran.stderr.contains("expired on 2026-01-31"), "{}", ran.stderr);
}

/// A folder with two inventories of the CLI: the sample's, and another after `change`.
fn two(change: impl FnOnce(&mut Value)) -> (tempfile::TempDir, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let mut reply: Value =
        serde_json::from_str(&std::fs::read_to_string(format!("{SAMPLE}/running.json")).unwrap()).unwrap();
    let write = |name: &str, reply: &Value| {
        let path = folder.path().join(name);
        std::fs::write(&path, reply.to_string()).unwrap();
        path.display().to_string()
    };
    let first = write("first.json", &reply);
    change(&mut reply);
    let second = write("second.json", &reply);
    (folder, first, second)
}

#[test]
fn two_nights_are_compared_and_mirror_each_other() {
    let (_folder, first, second) = two(|reply| {
        let instances = reply["DBInstances"].as_array_mut().unwrap();
        let mut added = instances.pop().unwrap();
        added["DBInstanceIdentifier"] = "fresh".into();
        added["DbiResourceId"] = "db-FRESH".into();
        added["DBInstanceArn"] = "arn:aws:rds:eu-central-1:111122223333:db:fresh".into();
        instances[0]["BackupRetentionPeriod"] = 35.into();
        instances.push(added);
    });
    let of = |from: &str, to: &str| dbkeel(["drift", "--from", from, "--to", to, "--as-of", AS_OF, "--output", "json"]);
    let (forth, back) = (of(&first, &second), of(&second, &first));
    assert_eq!((forth.status, back.status), (1, 1), "{}", forth.stderr);
    let arn = |name: &str| format!("arn:aws:rds:eu-central-1:111122223333:db:{name}");
    let row = |class: &str, name: &str, fact: &str| (class.to_owned(), arn(name), fact.to_owned());
    let sorted = |ran: &Ran| {
        let mut drifts = drifts(&json_of(ran));
        drifts.sort();
        drifts
    };
    let changed = row("changed", "orders", "backup_retention_days");
    assert_eq!(sorted(&forth), [changed.clone(), row("missing", "scratch", ""), row("unmanaged", "fresh", "")]);
    assert_eq!(sorted(&back), [changed, row("missing", "fresh", ""), row("unmanaged", "scratch", "")]);
    let same = of(&first, &first);
    assert_eq!((same.status, list(&json_of(&same)["drift"]).len()), (0, 0), "{}", same.text());
}

#[test]
fn environments_are_compared_by_a_tag_in_what_should_be_alike() {
    let (_folder, staging, production) = two(|reply| {
        let orders = &mut reply["DBInstances"][0];
        orders["DBInstanceIdentifier"] = "orders-prod".into();
        orders["DBInstanceArn"] = "arn:aws:rds:eu-west-1:444455556666:db:orders-prod".into();
        orders["DbiResourceId"] = "db-PROD".into();
        orders["VpcSecurityGroups"] = json!([{"VpcSecurityGroupId": "sg-prod", "Status": "active"}]);
        orders["PreferredMaintenanceWindow"] = "mon:04:00-mon:05:00".into();
        orders["MultiAZ"] = false.into();
    });
    let words = ["drift", "--compare", &staging, &production, "--by", "tag:tier", "--as-of", AS_OF, "--output", "json"];
    let document = json_of(&dbkeel(words));
    let facts: Vec<String> = drifts(&document).into_iter().map(|(class, _, fact)| format!("{class} {fact}")).collect();
    assert_eq!(facts, ["changed multi_az"], "networks, windows and names are each environment's own");
}

#[test]
fn a_comparison_without_anything_in_common_proves_nothing() {
    let (_folder, first, second) = two(|reply| reply["DBInstances"] = json!([]));
    let ran = dbkeel(["drift", "--from", &first, "--to", &second]);
    assert!(matches!(ran.status, 2 | 3), "{}: {}", ran.status, ran.text());
    let ran = dbkeel(["drift", "--declared", "testdata/sample/tfplan.json", "--running", &first]);
    assert_eq!(ran.status, 3, "{}", ran.text());
    assert!(ran.text().contains("NOTHING WAS COMPARED"), "{}", ran.text());
}

#[test]
fn what_cannot_be_compared_is_refused_with_the_remedy() {
    let running = format!("{SAMPLE}/running.json");
    let state = format!("{SAMPLE}/state.tfstate");
    for (words, says) in [
        (vec!["--declared", &running, "--running", &running], "is an inventory, not a declaration"),
        (vec!["--declared", &state, "--running", &state], "is a state, not an inventory"),
        (vec!["--from", &state, "--to", &running], "is a state, not an inventory"),
        (vec!["--declared", "nowhere/*.json", "--running", &running], "no file matches `nowhere/*.json`"),
        (vec!["--declared", "nowhere.json", "--running", &running], "cannot be read"),
        (vec!["--declared", "s3://", "--running", &running], "s3://"),
        (vec!["--declared", &state, "--running", &running, "--ignore", "nowhere.yaml"], "ignore file `nowhere.yaml`"),
    ] {
        let ran = dbkeel(std::iter::once("drift").chain(words.iter().copied())).refused();
        assert!(ran.stderr.contains(says) && ran.stderr.contains("help: "), "{words:?}: {}", ran.stderr);
    }
    for words in [vec![], vec!["--declared", &state], vec!["--from", &running], vec!["--compare", &running, &running]] {
        let ran = dbkeel(std::iter::once("drift").chain(words.iter().copied()));
        assert_eq!(ran.status, 2, "{words:?}: {}", ran.text());
    }
}

#[test]
fn globs_in_quotes_are_expanded() {
    let running = format!("{SAMPLE}/running.json");
    let glob = format!("{SAMPLE}/*.tfstate");
    let ran = dbkeel(["drift", "--declared", &glob, "--running", &running, "--as-of", AS_OF, "--output", "json"]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert_eq!(json_of(&ran)["comparison"]["declared"], 2);
}
