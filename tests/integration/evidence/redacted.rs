//! What is secret or withheld is in no byte of a bundle, and verdicts are derived again all the same.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::Desk;
use super::bundle::files;
use crate::integration::command::{AS_OF, dbkeel};
use crate::integration::inputs::{change_of, sample};
use crate::integration::secrets;

fn assert_silent(bundle: &Path, words: &[&str]) {
    for file in files(bundle) {
        let bytes = fs::read(&file).expect("there");
        let text = String::from_utf8_lossy(&bytes);
        for word in words {
            assert!(!text.contains(word), "`{word}` is in {}", file.display());
        }
    }
}

/// The digests of withheld values, by resource and fact.
fn digests(desk: &Desk, bundle: &str) -> Vec<(String, String, String)> {
    let mut digests = Vec::new();
    for line in desk.read(&format!("{bundle}/inventory/facts.jsonl")).lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        for (fact, digest) in line["resource"]["redacted"].as_object().into_iter().flatten() {
            let text = |value: &Value| value.as_str().expect("text").to_owned();
            digests.push((text(&line["resource"]["id"]), fact.clone(), text(digest)));
        }
    }
    digests
}

fn tagged() -> String {
    let mut plan = sample();
    for (address, owner) in [
        ("aws_db_instance.billing", "ada-of-billing"),
        ("aws_db_instance.sandbox", "ada-of-billing"),
        ("aws_db_instance.reports", "bob-of-reports"),
    ] {
        let after = &mut change_of(&mut plan, address)["change"]["after"];
        for tags in ["tags", "tags_all"] {
            after[tags]["Owner"] = owner.into();
            after[tags].as_object_mut().expect("tags").remove("owner");
        }
    }
    plan.to_string()
}

#[test]
fn a_planted_secret_is_in_no_byte_of_a_bundle() {
    let desk = Desk::new();
    let plan = desk.put("plan.json", &secrets::planted().to_string());
    let (signer, _) = desk.keys("signer");
    let ran = desk.pack("a", &plan, &["--sign-key", &signer, "--dsse", "--framework", "soc-2"]).judged();
    assert!(!ran.stderr.contains("CANARY"), "{}", ran.stderr);
    assert_silent(&desk.path("a"), &["CANARY"]);
    desk.verified(&["a"]);
}

#[test]
fn a_withheld_value_is_in_no_byte_of_a_bundle_and_its_digest_says_equal_or_different() {
    let desk = Desk::new();
    let plan = desk.put("plan.json", &tagged());
    let words = ["ada-of-billing", "bob-of-reports"];
    let ran = desk.pack("plain", &plan, &[]).judged();
    assert!(desk.read("plain/inventory/facts.jsonl").contains(words[0]), "{}", ran.stderr);
    desk.pack("a", &plan, &["--redact", "tags.owner"]).judged();
    desk.verified(&["a"]);
    assert_silent(&desk.path("a"), &words);
    let told = digests(&desk, "a");
    let of = |address: &str| {
        let found = told.iter().find(|(id, fact, _)| id == address && fact == "tags.Owner");
        found.map(|(_, _, digest)| digest.clone()).unwrap_or_else(|| panic!("{address}: {told:?}"))
    };
    assert_eq!(of("aws_db_instance.billing"), of("aws_db_instance.sandbox"));
    assert_ne!(of("aws_db_instance.billing"), of("aws_db_instance.reports"));
    assert_eq!(of("aws_db_instance.billing").len(), 64);
    let row = &desk.json("a/manifest.json")["redaction"];
    assert_eq!(
        (&row["facts"], &row["key_id"], &row["values"]),
        (&json!(["tags.owner"]), &Value::Null, &json!(told.len()))
    );
}

#[test]
fn a_rule_that_needs_a_withheld_value_is_unknown_in_packing_and_in_verifying() {
    let desk = Desk::new();
    let plan = desk.put("plan.json", &tagged());
    desk.pack("a", &plan, &["--redact", "engine_version", "--redact", "publicly_accessible", "--redact", "tags"])
        .judged();
    desk.verified(&["a"]);
    let results = desk.json("a/results.json");
    for row in results["verdicts"].as_array().expect("rows").iter().filter(|row| row["rule"] == "DBK-ACC-001") {
        assert!(matches!(row["verdict"].as_str(), Some("unknown" | "not_applicable")), "{row}");
    }
    assert!(!desk.read("a/inventory/facts.jsonl").contains("\"publicly_accessible\":true"));
    // What picks the tier is withheld too, so nothing is in a tier that its tags would give it.
    let reasons: Vec<String> =
        results["resources"].as_array().expect("rows").iter().map(|row| row["tier_reason"].to_string()).collect();
    assert!(reasons.iter().any(|reason| reason.contains("withheld")), "{reasons:?}");
    // A waiver cannot pretend to have seen it.
    let waivers = desk.put(
        "w.yaml",
        "waivers:\n  - {id: W-1, rule: backup_retention, tags: {owner: \"*\"}, reason: a test, expires: 2026-12-31}\n",
    );
    desk.pack("b", &plan, &["--redact", "tags", "--waivers", &waivers]).judged();
    assert_eq!(desk.json("b/results.json")["summary"]["total"]["waived"], 0);
    desk.verified(&["b"]);
}

#[test]
fn a_key_that_is_kept_makes_digests_equal_across_bundles_and_none_makes_them_differ() {
    let desk = Desk::new();
    let plan = desk.put("plan.json", &tagged());
    for (key, text) in [("one.key", "1".repeat(32)), ("other.key", "2".repeat(32))] {
        let key = desk.put(key, &text);
        desk.run("chmod", &["600", &key]);
    }
    let pack = |bundle: &str, as_of: &str, words: &[&str]| {
        desk.pack_at(as_of, bundle, &plan, &[&["--redact", "tags.owner"], words].concat()).judged();
        desk.verified(&[bundle]);
        digests(&desk, bundle)
    };
    let (one, other) = (desk.text("one.key"), desk.text("other.key"));
    let first = pack("a", "2026-11-21", &["--redact-key", &one]);
    assert_eq!(first, pack("b", AS_OF, &["--redact-key", &one]));
    let differ = [pack("c", AS_OF, &["--redact-key", &other]), pack("d", AS_OF, &[]), pack("e", AS_OF, &[])];
    for (position, others) in differ.iter().enumerate() {
        assert_eq!(others.len(), first.len());
        for with in std::iter::once(&first).chain(&differ[..position]) {
            assert!(with.iter().zip(others).all(|(a, b)| a.0 == b.0 && a.2 != b.2));
        }
    }
    let id = |bundle: &str| desk.json(&format!("{bundle}/manifest.json"))["redaction"]["key_id"].clone();
    assert!(id("a") == id("b") && id("a") != id("c") && id("d").is_null());
    for bundle in ["a", "b", "c"] {
        assert_silent(&desk.path(bundle), &[&"1".repeat(32), &"2".repeat(32)]);
    }
}

#[test]
fn a_value_before_a_change_and_in_drift_is_withheld_too() {
    let desk = Desk::new();
    let mut plan = sample();
    let change = &mut change_of(&mut plan, "aws_db_instance.billing")["change"];
    change["before"]["tags"] = json!({"owner": "eve-was-here"});
    for side in ["before", "after"] {
        plan["resource_drift"][0]["change"][side]["maintenance_window"] = format!("{side}-window-of-mallory").into();
    }
    let plan = desk.put("plan.json", &plan.to_string());
    desk.pack("a", &plan, &["--redact", "tags", "--redact", "maintenance_window"]).judged();
    assert_silent(&desk.path("a"), &["eve-was-here", "window-of-mallory"]);
    desk.verified(&["a"]);
    let scan = dbkeel(["scan", &plan, "--as-of", AS_OF, "--output", "json"]).judged();
    assert!(scan.text().contains("window-of-mallory"), "it would be told otherwise");
}
