//! Bundles that somebody wrote anew, with digests that fit: what judging again can find out must be as they say, and what it
//! cannot must not be there.

use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::Desk;
use super::bundle::of_project;
use crate::integration::command::AS_OF;
use crate::integration::inputs::SAMPLE;

type Change = fn(&mut Value);

/// Fails unless each change of a file, sealed, is refused for its reason.
fn refused(desk: &Desk, file: &str, changes: &[(Change, &str)]) {
    for (change, why) in changes {
        desk.copy("a", "b");
        desk.change(&format!("b/{file}"), change);
        desk.seal("b");
        desk.refuted("b", why);
        fs::remove_dir_all(desk.path("b")).expect("removed");
    }
}

#[test]
fn an_envelope_that_says_other_than_the_manifest_is_refused() {
    let desk = Desk::new();
    let (signer, public) = desk.keys("signer");
    desk.pack("a", SAMPLE, &["--sign-key", &signer, "--dsse"]).judged();
    let told = |more: &[&str], words: &str| {
        let ran = desk.verify(&["a"], more);
        assert!(ran.status == 0 && ran.text().contains(words), "{words}: {}", ran.text());
    };
    told(&[], "envelope: says what manifest.json says; its signature is not checked: give `--key`");
    told(&["--key", &public], "envelope: holds for the key that was given");
    let envelope = desk.json("a/evidence.dsse.json");
    let payload = STANDARD.decode(envelope["payload"].as_str().expect("text")).expect("base64");
    let changes: [(Change, &str); 6] = [
        (|of| of["predicate"]["judging"]["gate"] = "passed".into(), "says other than manifest.json"),
        (|of| of["predicate"]["tool"]["version"] = "9".into(), "says other than manifest.json"),
        (|of| of["predicate"]["previous"] = json!({"x": 1}), "says other than manifest.json"),
        (|of| of["predicate"]["more"] = 1.into(), "says other than manifest.json"),
        (|of| of["more"] = 1.into(), "its payload is no statement"),
        (|of| of["subject"][0]["digest"]["sha256"] = "0".into(), "is about another SHA256SUMS"),
    ];
    let put = |payload: &str| {
        let mut envelope = envelope.clone();
        envelope["payload"] = STANDARD.encode(payload).into();
        desk.put("a/evidence.dsse.json", &envelope.to_string());
    };
    for (change, why) in changes {
        let mut statement: Value = serde_json::from_slice(&payload).expect("JSON");
        change(&mut statement);
        put(&statement.to_string());
        desk.refuted("a", why);
    }
    let text = String::from_utf8(payload).expect("UTF-8");
    put(&text.replacen("\"gate\":", "\"gate\":\"passed\",\"gate\":", 1));
    desk.refuted("a", "an object has `gate` twice");
}

#[test]
fn whatever_is_listed_judged_and_stands_where_it_belongs() {
    let desk = Desk::with_sample();
    type Edit = fn(&Desk);
    let rule = "policies/embedded/retention/backup_retention.rego";
    let edits: [(&str, Edit, &str); 7] = [
        (
            "a rule among the reports",
            |desk| {
                let rule = "policies/embedded/retention/backup_retention.rego";
                fs::rename(desk.path("b").join(rule), desk.path("b/reports/assets.js")).expect("moved");
                desk.put(&format!("b/{rule}"), "# stricter than what was used\n");
                desk.edit("b/manifest.json", rule, "reports/assets.js");
            },
            "manifest.json names `reports/assets.js`, and its place is `policies/embedded/retention",
        ),
        (
            "waivers that nobody used",
            |desk| drop(desk.put("b/waivers/waivers.yaml", "waivers: []\n")),
            "`waivers/waivers.yaml` is listed, and nothing was judged by it",
        ),
        (
            "a rule that nobody used",
            |desk| drop(desk.put("b/policies/embedded/retention/more.rego", "# x\n")),
            "`policies/embedded/retention/more.rego` is listed, and nothing was judged by it",
        ),
        (
            "a report that nobody packs",
            |desk| drop(desk.put("b/reports/summary.html", "all is well")),
            "`reports/summary.html` is no report that this dbkeel packs",
        ),
        (
            "a report that is left out",
            |desk| fs::remove_file(desk.path("b/reports/report.html")).expect("removed"),
            "`reports/report.html` is missing",
        ),
        (
            "two names of one rule",
            |desk| {
                desk.change("b/manifest.json", |of| {
                    let rows = of["ingredients"]["policies"].as_array_mut().expect("rows");
                    rows.push(rows[0].clone());
                });
            },
            "for two things",
        ),
        (
            "a baseline that nobody reads",
            |desk| {
                desk.put("b/baseline/2-mine.yaml", "name: mine\n");
                desk.change("b/manifest.json", |of| {
                    let row = json!({"name": "mine.yaml", "file": "baseline/2-mine.yaml", "embedded": false});
                    of["ingredients"]["baselines"].as_array_mut().expect("rows").push(row);
                });
            },
            "`mine.yaml` is among the files of the baseline, which does not read it",
        ),
    ];
    assert!(desk.path("a").join(rule).exists());
    for (what, edit, why) in edits {
        desk.copy("a", "b");
        edit(&desk);
        desk.seal("b");
        let ran = desk.verify(&["b"], &[]);
        assert!(ran.status == 1 && ran.text().contains(why), "{what}: {}", ran.text());
        fs::remove_dir_all(desk.path("b")).expect("removed");
    }
}

/// Makes a bundle one that another version packed.
fn of_version(desk: &Desk, bundle: &str, version: &str) {
    let ours = env!("CARGO_PKG_VERSION");
    desk.edit(
        &format!("{bundle}/manifest.json"),
        &format!("\"version\": \"{ours}\""),
        &format!("\"version\": \"{version}\""),
    );
    desk.edit(
        &format!("{bundle}/results.json"),
        &format!("\"version\":\"{ours}\""),
        &format!("\"version\":\"{version}\""),
    );
}

#[test]
fn another_version_has_other_words_and_no_other_facts() {
    let desk = Desk::with_sample();
    refused(
        &desk,
        "results.json",
        &[(|of| of["run"]["version"] = "0.0.1".into(), "manifest.json is about another run than results.json")],
    );
    of_version(&desk, "a", "0.0.1");
    desk.seal("a");
    desk.verified(&["a"]);
    let changes: [(Change, &str); 7] = [
        (|of| of["rules"][0]["title"] = "harmless".into(), "`rules` of results.json: `title` of"),
        (|of| of["rules"][0]["severity"] = "info".into(), "`rules` of results.json: `severity` of"),
        (|of| drop(of["rules"][0].as_object_mut().expect("a rule").remove("title")), "`title` of"),
        (
            |of| {
                for row in of["verdicts"].as_array_mut().expect("rows") {
                    for fact in row["facts"].as_object_mut().expect("facts").values_mut() {
                        if fact.get("value").is_some() {
                            fact["value"] = "forged".into();
                        }
                    }
                }
            },
            "of other facts or by another waiver",
        ),
        (|of| of["summary"]["by_severity"] = json!({}), "`summary.by_severity` of results.json"),
        (|of| drop(of["summary"].as_object_mut().expect("one").remove("total")), "`summary.total` of results.json"),
        (|of| of["history"] = json!({}), "`history` of results.json"),
    ];
    refused(&desk, "results.json", &changes);
    // What a newer version may have written is not taken for true, nor for false.
    for change in [
        (|of: &mut Value| of["more"] = 1.into()) as Change,
        |of| of["summary"]["more"] = 1.into(),
        |of| of["rules"][0]["more"] = 1.into(),
        |of| of["resources"][0]["more"] = 1.into(),
        |of| of["verdicts"][0]["more"] = 1.into(),
    ] {
        desk.copy("a", "b");
        desk.change("b/results.json", change);
        desk.seal("b");
        let ran = desk.verify(&["b"], &[]);
        assert!(ran.status == 3 && ran.text().contains("it was packed by dbkeel 0.0.1"), "{}", ran.text());
        fs::remove_dir_all(desk.path("b")).expect("removed");
    }
    desk.put("a/reports/summary.html", "a report of tomorrow");
    desk.seal("a");
    assert_eq!(desk.verify(&["a"], &[]).status, 3);
}

#[test]
fn every_member_of_the_results_is_what_judging_again_gives() {
    let desk = Desk::with_sample();
    let changes: [(Change, &str); 21] = [
        (|of| of["summary"]["by_severity"] = json!({}), "`summary.by_severity` of results.json"),
        (|of| of["summary"]["by_domain"] = json!({}), "`summary.by_domain` of results.json"),
        (|of| of["summary"]["by_tier"] = json!({}), "`summary.by_tier` of results.json"),
        (|of| of["summary"]["databases"] = 9_999.into(), "`summary.databases` of results.json is 9999"),
        (|of| of["summary"]["gaps"] = 7.into(), "`summary.gaps` of results.json"),
        (|of| of["summary"]["drift"] = 0.into(), "`summary.drift` of results.json"),
        (|of| of["summary"]["more"] = 1.into(), "`summary.more` of results.json is 1, judging again gives nothing"),
        (|of| of["run"]["more"] = 1.into(), "`run.more` of results.json"),
        (|of| of["accounts"] = json!({"111122223333": {"name": "prod"}}), "`accounts` of results.json"),
        (|of| of["drift"] = json!([]), "`drift` of results.json"),
        (|of| of["drift"] = json!([{"forged": true}]), "`drift` of results.json"),
        (|of| of["places"] = json!([{"forged": 1}]), "unknown field `forged`"),
        (
            |of| of["places"] = json!([{"rule": "DBK-XXX-999", "resource": 0}]),
            "`places` of results.json has one of DBK-XXX-999 on resource 0, which is no finding",
        ),
        (|of| of["history"] = json!({"x": 1}), "`history` of results.json"),
        (|of| of["ages"] = json!([]), "`ages` of results.json"),
        (|of| of["comparison"] = json!({}), "`comparison` of results.json"),
        (|of| of["extra"] = 1.into(), "unknown field `extra`"),
        (|of| of["verdicts"][0]["standing"] = "new".into(), "judging again gives"),
        (|of| of["verdicts"][0]["extra"] = 1.into(), "unknown field `extra`"),
        (|of| of["resources"][0]["extra"] = 1.into(), "`extra` of"),
        (|of| of["resources"][0]["location"]["file"] = "elsewhere.tf".into(), "`location` of"),
    ];
    assert!(!desk.json("a/results.json")["drift"].as_array().expect("rows").is_empty());
    refused(&desk, "results.json", &changes);
}

#[test]
fn places_of_a_source_that_is_not_in_the_bundle_are_those_of_findings() {
    let desk = Desk::new();
    let plan = of_project("testdata/locate/tfplan.json");
    desk.pack("a", &plan, &["--source", &of_project("testdata/locate")]).judged();
    desk.verified(&["a"]);
    assert!(!desk.json("a/results.json")["places"].as_array().expect("rows").is_empty());
    refused(
        &desk,
        "results.json",
        &[
            (|of| of["places"][0]["resource"] = 4_000_000_000_u32.into(), "which is no finding"),
            (|of| of["places"][0]["location"]["region"]["more"] = 1.into(), "unknown field `more`"),
        ],
    );
}

#[test]
fn a_manifest_says_what_the_facts_say() {
    let desk = Desk::with_sample();
    let scope = "the scope and the sources of manifest.json are not those";
    let changes: [(Change, &str); 9] = [
        (|of| of["scope"]["accounts"] = json!(["444455556666"]), scope),
        (|of| of["scope"]["regions"] = json!(["ap-southeast-2"]), scope),
        (|of| of["read"][0]["path"] = "other.json".into(), scope),
        (|of| of["judging"]["baseline"] = "pci-strict".into(), "about another run than results.json"),
        (|of| of["judging"]["fail_on"] = "critical".into(), "about another run than results.json"),
        (
            |of| of["redaction"] = json!({"facts": ["tags"], "digest": "HMAC-SHA256", "key_id": null, "values": 12}),
            "says that 12 values are withheld, and there are 0 digests",
        ),
        (
            |of| of["previous"] = json!({"sha256sums": "not-a-digest", "as_of": "2026-11-21T00:00:00Z"}),
            "is not a digest and an instant",
        ),
        (
            |of| of["previous"] = json!({"sha256sums": "0".repeat(64), "as_of": "yesterday"}),
            "is not a digest and an instant",
        ),
        (|of| of["tool"]["sha256"] = "0".into(), "and the digest of a binary"),
    ];
    refused(&desk, "manifest.json", &changes);
    desk.change("a/manifest.json", |of| of["files"][0]["bytes"] = 1.into());
    desk.resum("a");
    desk.refuted("a", "and by manifest.json 1");
}

#[test]
fn accounts_that_were_looked_at_are_those_of_the_facts() {
    let desk = Desk::new();
    let night = desk.text("night.jsonl");
    let reply = of_project("testdata/inventory/replies/eu-west-1/describe-db-instances.json");
    crate::integration::command::dbkeel(["collect", "import", &reply, "--to", &night, "--as-of", AS_OF]);
    desk.pack("a", &night, &[]);
    assert_eq!(desk.json("a/manifest.json")["scope"]["accounts"], json!(["111122223333"]));
    assert_eq!(desk.verify(&["a"], &[]).status, 0);
    desk.change("a/manifest.json", |of| of["scope"]["accounts"] = json!(["111122223333", "444455556666"]));
    desk.seal("a");
    desk.refuted("a", "the scope and the sources of manifest.json are not those");
}

#[test]
fn nothing_is_said_twice_in_one_object() {
    let desk = Desk::with_sample();
    let facts = desk.read("a/inventory/facts.jsonl");
    let known = facts.split("\"known\":{\"").nth(1).and_then(|rest| rest.split_once('"')).expect("a fact").0;
    for (file, from, to) in [
        ("results.json", "\"run\":{", "\"run\":{\"fail_on\":\"critical\",".to_owned()),
        ("results.json", "\"total\":{", "\"total\":{\"fail\":0,".to_owned()),
        ("inventory/facts.jsonl", "\"known\":{", format!("\"known\":{{\"{known}\":\"forged\",")),
        ("manifest.json", "\"tool\": {", "\"tool\": {\"version\": \"9\",".to_owned()),
    ] {
        desk.copy("a", "b");
        desk.edit(&format!("b/{file}"), from, &to);
        match file {
            "manifest.json" => desk.resum("b"),
            _ => desk.seal("b"),
        }
        desk.refuted("b", " twice");
        fs::remove_dir_all(desk.path("b")).expect("removed");
    }
    for (member, why) in [
        (r#""pending":{"nonsense":{"value":1,"waits_for":"x"}},"#, "`nonsense` is not among the facts of its head"),
        (r#""redacted":{"tags.owner":"00"},"#, "facts are withheld of which manifest.json does not tell"),
    ] {
        desk.copy("a", "b");
        desk.edit("b/inventory/facts.jsonl", "\"known\":{", &format!("{member}\"known\":{{"));
        desk.seal("b");
        desk.refuted("b", why);
        fs::remove_dir_all(desk.path("b")).expect("removed");
    }
}

#[test]
fn a_clock_of_another_offset_does_not_pass_for_a_later_one() {
    let desk = Desk::with_sample();
    // The same instant, which sorts behind 13:00Z as text.
    let other = "2026-11-22T14:00:00+14:00";
    let zulu = "2026-11-22T00:00:00Z";
    assert!(desk.read("a/manifest.json").contains(zulu));
    let results = desk.read("a/results.json").replace(zulu, other);
    desk.put("a/results.json", &results);
    desk.change("a/manifest.json", |of| {
        of["as_of"] = "2026-11-22T14:00:00+14:00".into();
        of["previous"] = json!({"sha256sums": "0".repeat(64), "as_of": "2026-11-22T13:00:00Z"});
    });
    desk.seal("a");
    desk.refuted("a", "is not an instant in UTC and whole seconds");
    desk.refuted("a", "the clock goes backwards");
}

#[test]
fn a_file_that_is_larger_than_it_should_be_is_not_read() {
    let desk = Desk::with_sample();
    let report = fs::File::options().write(true).open(desk.path("a/reports/report.txt")).expect("there");
    report.set_len(1 << 32).expect("a sparse file");
    let started = std::time::Instant::now();
    desk.refuted("a", &format!("it has {} bytes, and by manifest.json", 1_u64 << 32));
    report.set_len(1 << 40).expect("a sparse file");
    desk.change("a/manifest.json", |of| {
        let rows = of["files"].as_array_mut().expect("rows");
        let row = rows.iter_mut().find(|row| row["path"] == "reports/report.txt").expect("one");
        row["bytes"] = (1_u64 << 40).into();
    });
    desk.refuted("a", "`reports/report.txt` is larger than");
    // A terabyte takes many minutes.
    assert!(started.elapsed().as_secs() < 60);
}
