//! What is secret or withheld is in no byte of a bundle, and verdicts are derived again all the same.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::Desk;
use super::bundle::{files, of_project};
use crate::integration::command::{AS_OF, dbkeel};
use crate::integration::inputs::{SAMPLE, change_of, sample};
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

#[test]
fn a_value_that_waits_is_withheld_too_whatever_is_known_of_the_current_one() {
    let desk = Desk::new();
    let reply = fs::read_to_string(of_project("testdata/inventory/replies/eu-west-1/describe-db-instances.json"));
    let mut reply: Value = serde_json::from_str(&reply.expect("there")).expect("JSON");
    for (position, instance) in reply["DBInstances"].as_array_mut().expect("instances").iter_mut().enumerate() {
        instance["PendingModifiedValues"] = json!({"EngineVersion": "17.00.4242"});
        if position == 0 {
            instance.as_object_mut().expect("an object").remove("EngineVersion");
        }
    }
    let page = desk.put("page.json", &reply.to_string());
    let night = desk.text("night.jsonl");
    dbkeel(["collect", "import", &page, "--to", &night, "--as-of", AS_OF]);
    desk.pack("plain", &night, &[]);
    assert!(desk.read("plain/inventory/facts.jsonl").contains("17.00.4242"), "it would be told otherwise");
    let key = desk.put("redact.key", &"k".repeat(40));
    desk.run("chmod", &["600", &key]);
    desk.pack("a", &night, &["--redact", "engine_version", "--redact-key", &key]);
    assert_silent(&desk.path("a"), &["17.00.4242"]);
    desk.verified(&["a"]);
    let told = digests(&desk, "a");
    let pending: Vec<_> = told.iter().filter(|(_, fact, _)| fact == "pending.engine_version").collect();
    assert!(pending.len() > 1 && pending.iter().all(|row| row.2 == pending[0].2), "{told:?}");
}

#[test]
fn facts_that_say_what_another_says_are_withheld_with_it() {
    let desk = Desk::with_sample();
    assert!(desk.read("a/inventory/facts.jsonl").contains("\"engine_major_version\":\""), "it would be told otherwise");
    desk.pack("b", SAMPLE, &["--redact", "engine_version"]).judged();
    desk.verified(&["b"]);
    let facts = desk.read("b/inventory/facts.jsonl");
    for fact in ["engine_version", "engine_major_version", "engine_support_end", "parameter_group_family"] {
        for word in [fact.to_owned(), format!("before.{fact}")] {
            assert!(!facts.contains(&format!("\"{word}\":\"")) || is_digest_only(&facts, &word), "{word}");
        }
    }
}

/// Whether a fact stands in lines as a digest alone.
fn is_digest_only(lines: &str, fact: &str) -> bool {
    let mark = format!("\"{fact}\":\"");
    lines.match_indices(&mark).all(|(at, _)| {
        let value: String = lines[at + mark.len()..].chars().take_while(|character| *character != '"').collect();
        value.len() == 64 && value.chars().all(|character| character.is_ascii_hexdigit())
    })
}

#[test]
fn a_manifest_that_withholds_other_than_the_facts_do_is_refused() {
    let desk = Desk::new();
    desk.pack("a", &desk.put("plan.json", &tagged()), &["--redact", "tags.owner"]).judged();
    desk.verified(&["a"]);
    type Edit = fn(&mut Value);
    let edits: [(Edit, &str); 7] = [
        (|of| of["redaction"] = Value::Null, "facts are withheld of which manifest.json does not tell"),
        (|of| of["redaction"]["values"] = 99.into(), "says that 99 values are withheld"),
        (|of| of["redaction"]["facts"] = json!(["engine"]), "is none of a fact that manifest.json says is withheld"),
        (|of| of["redaction"]["facts"] = json!(["engine", "tags.owner"]), "is withheld, and stands in the facts"),
        (|of| of["redaction"]["facts"] = json!(["tags"]), "is withheld, and stands in the facts"),
        (|of| of["redaction"]["facts"] = json!(["no_such_fact"]), "there is no fact `no_such_fact`"),
        (|of| of["redaction"]["digest"] = "none".into(), "does not say what is withheld as dbkeel does"),
    ];
    for (edit, why) in edits {
        desk.copy("a", "b");
        desk.change("b/manifest.json", edit);
        desk.seal("b");
        desk.refuted("b", why);
        fs::remove_dir_all(desk.path("b")).expect("removed");
    }
    let line = desk.read("a/inventory/facts.jsonl");
    let digest =
        line.split("\"redacted\":{\"tags.Owner\":\"").nth(1).and_then(|rest| rest.get(..64)).expect("a digest");
    desk.edit("a/inventory/facts.jsonl", digest, "made-up");
    desk.seal("a");
    desk.refuted("a", "the digest of `tags.Owner` is none of a fact");
}
