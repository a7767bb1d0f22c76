//! Whatever is changed in a bundle, verifying fails and says why; what cannot be known without a signature is caught by one.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::Desk;
use super::bundle::{files, of_project, sha256};
use crate::integration::command::AS_OF;
use crate::integration::inputs::SAMPLE;

const WAIVERS: &str = "\
waivers:
  - id: W-1
    rule: not_publicly_accessible
    resource: \"*.sandbox\"
    reason: the vendor's jump host
    expires: 2026-12-31
";

/// A bundle with something of everything: `a`.
fn rich() -> Desk {
    let desk = Desk::new();
    let waivers = desk.put("waivers.yaml", WAIVERS);
    let baseline =
        desk.put("mine.yaml", "name: mine\nextends: standard\nparameters: {min_backup_retention_days: 14}\n");
    let (signer, _) = desk.keys("signer");
    let words =
        ["--waivers", &waivers, "--baseline", &baseline, "--framework", "soc-2", "--sign-key", &signer, "--dsse"];
    desk.pack("a", SAMPLE, &words).judged();
    desk
}

#[test]
fn a_changed_byte_in_any_kind_of_file_is_named() {
    let desk = rich();
    let root = desk.path("a");
    let mut kinds: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    for file in files(&root) {
        let path = file.strip_prefix(&root).expect("inside").to_str().expect("a path").to_owned();
        let folder = Path::new(&path).parent().expect("a folder").to_str().expect("a path");
        let kind = if folder.is_empty() || folder == "reports" { path.clone() } else { folder.to_owned() };
        kinds.insert(kind, path);
    }
    assert!(kinds.len() > 15, "{kinds:?}");
    let public = desk.text("signer.pub.pem");
    for path in kinds.values() {
        let place = root.join(path);
        let bytes = fs::read(&place).expect("there");
        for position in [0, bytes.len() / 2, bytes.len() - 1] {
            let mut changed = bytes.clone();
            changed[position] ^= 1;
            fs::write(&place, &changed).expect("written");
            let ran = desk.verify(&["a"], &["--key", &public]);
            assert_eq!(ran.status, 1, "{path}, byte {position}: {}", ran.text());
            assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
            let is_signature = path.ends_with(".sig") || path.ends_with("dsse.json") || path.ends_with("SUMS");
            assert!(
                is_signature || ran.text().contains(&format!("`{path}` does not have the digest")),
                "{}",
                ran.text()
            );
        }
        fs::write(&place, &bytes).expect("written");
        // White space at the end of an envelope says nothing.
        fs::write(&place, &bytes[..bytes.len() - 2]).expect("written");
        assert_eq!(desk.verify(&["a"], &["--key", &public]).status, 1, "{path} cut short");
        fs::write(&place, &bytes).expect("written");
    }
    assert_eq!(desk.verify(&["a"], &["--key", &public]).status, 0);
}

#[test]
fn extra_and_missing_files_are_named() {
    let desk = Desk::with_sample();
    for extra in ["notes.txt", ".hidden", "policies/embedded/retention/more.rego", "reports/SHA256SUMS.sig", "x/y/z"] {
        let path = desk.put(&format!("a/{extra}"), "x");
        desk.refuted("a", &format!("`{extra}` is there and is not listed"));
        fs::remove_file(path).expect("removed");
    }
    fs::remove_dir(desk.path("a/x/y")).expect("removed");
    desk.refuted("a", "the folder `x` is there and holds nothing");
    fs::remove_dir(desk.path("a/x")).expect("removed");
    desk.verified(&["a"]);
    desk.put("a/SHA256SUMS.minisig", "a signature of another tool");
    desk.verified(&["a"]);
    for missing in [
        "manifest.json",
        "results.json",
        "inventory/facts.jsonl",
        "policies/embedded/retention/backup_retention.rego",
        "SHA256SUMS",
    ] {
        desk.copy("a", "b");
        fs::remove_file(desk.path("b").join(missing)).expect("removed");
        desk.refuted("b", &format!("`{missing}` is"));
        fs::remove_dir_all(desk.path("b")).expect("removed");
    }
}

#[cfg(unix)]
#[test]
fn links_and_what_is_no_file_are_named_and_never_followed() {
    use std::os::unix::fs::symlink;
    let desk = Desk::with_sample();
    desk.copy("a", "outside");
    for (name, target) in
        [("results.json", "outside/results.json"), ("policies", "outside/policies"), ("extra", "/etc/passwd")]
    {
        desk.copy("a", "b");
        let place = desk.path("b").join(name);
        if place.is_dir() {
            fs::remove_dir_all(&place).expect("removed");
        } else if place.exists() {
            fs::remove_file(&place).expect("removed");
        }
        symlink(desk.path(target), &place).expect("linked");
        desk.refuted("b", &format!("`{name}` is a symbolic link"));
        fs::remove_dir_all(desk.path("b")).expect("removed");
    }
    desk.copy("a", "b");
    fs::remove_file(desk.path("b/results.json")).expect("removed");
    desk.run("mkfifo", &["b/results.json"]);
    desk.refuted("b", "`results.json` is neither a file nor a folder");
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    let desk = Desk::with_sample();
    desk.put("secret", "x");
    let digest = sha256(b"x");
    let sums = desk.read("a/SHA256SUMS");
    for (name, why) in [
        ("../secret", "it leads out of its folder by `..`"),
        ("policies/../../secret", "it leads out of its folder by `..`"),
        (&*desk.text("secret"), "it is absolute"),
        ("..\\secret", "it has a backslash"),
        ("C:\\secret", "it has a backslash"),
        ("a\u{1b}[2Jb", "it has a control character"),
        ("./results.json", "it has a step that is empty, `.`"),
        ("results.json ", "it has a character other than"),
        ("r\u{202e}gpj", "it has a character other than"),
    ] {
        desk.put("a/SHA256SUMS", &format!("{digest}  {name}\n{sums}"));
        desk.refuted("a", why);
    }
    let first = sums.lines().next().expect("a line");
    for (changed, why) in [
        (format!("{first}\n{sums}"), "is listed twice"),
        (
            format!("{sums}{}\n", first.to_ascii_uppercase().replace(&first[..64].to_ascii_uppercase(), &first[..64])),
            "differ in case only",
        ),
        (sums.lines().rev().map(|line| format!("{line}\n")).collect(), "the list is not sorted"),
        (format!("\\{sums}"), "the line is not a digest"),
        (sums.replace('\n', "\r\n"), "it has a control character"),
        (sums.trim_end().to_owned(), "it was cut off"),
        (String::new(), "it was cut off"),
    ] {
        desk.put("a/SHA256SUMS", &changed);
        desk.refuted("a", why);
    }
    fs::write(desk.path("a/SHA256SUMS"), [0xff, 0xfe, b'\n']).expect("written");
    desk.refuted("a", "SHA256SUMS is not UTF-8");
}

#[cfg(target_os = "linux")]
#[test]
fn names_of_files_that_a_terminal_would_obey_are_not_shown_as_they_are() {
    use std::os::unix::ffi::OsStrExt as _;
    let desk = Desk::with_sample();
    fs::write(desk.path("a").join("x\u{1b}]0;y\u{7}\nz"), "x").expect("written");
    fs::write(desk.path("a").join(std::ffi::OsStr::from_bytes(b"\xff\xfe")), "x").expect("written");
    let ran = desk.verify(&["a"], &[]);
    assert_eq!(ran.status, 1);
    assert!(!ran.stdout.contains(&0x1b) && ran.text().contains("a control character"), "{}", ran.text());
    assert!(ran.text().contains("is not UTF-8"), "{}", ran.text());
}

/// Edits that fit all digests again, as whoever has the folder can make them, and what judging again says of each.
#[test]
fn what_somebody_changes_with_all_digests_is_found_by_judging_again() {
    let desk = rich();
    type Edit = fn(&Desk);
    let edits: [(&str, Edit, &str); 14] = [
        (
            "a swapped policy",
            |desk| {
                let file = "b/policies/embedded/retention/backup_retention.rego";
                desk.edit(file, "input.backup_retention_days <", "input.backup_retention_days < 0 -");
            },
            "DBK-RET-001 on",
        ),
        (
            "a policy that judges nothing",
            |desk| {
                let file = "b/policies/embedded/access/not_publicly_accessible.rego";
                desk.edit(
                    file,
                    "violations contains",
                    "not_applicable contains \"never\" if true\n\nviolations contains",
                );
            },
            "DBK-ACC-001 on",
        ),
        (
            "a policy that is none",
            |desk| {
                desk.put("b/policies/embedded/access/not_publicly_accessible.rego", "package");
            },
            "its rules, baseline, waivers and frameworks are refused",
        ),
        ("an edited waiver", |desk| desk.edit("b/waivers/waivers.yaml", "\"*.sandbox\"", "none"), "DBK-ACC-001 on"),
        (
            "a prolonged waiver",
            |desk| desk.edit("b/waivers/waivers.yaml", "2026-12-31", "2027-12-31"),
            "`waivers` of results.json",
        ),
        (
            "another approver",
            |desk| desk.edit("b/waivers/waivers.yaml", "    reason", "    approver: Eve\n    reason"),
            "`waivers` of results.json",
        ),
        (
            "a relaxed baseline",
            |desk| desk.edit("b/baseline/1-mine.yaml", "14", "1"),
            "`run.baseline_sha256` of results.json is",
        ),
        (
            "the baseline of the binary",
            |desk| {
                let file = "b/baseline/embedded/standard.yaml";
                let text = desk.read(file);
                desk.put(file, &format!("{text}\nseverity: {{DBK-ACC-001: info}}\n"));
            },
            "judging again gives",
        ),
        (
            "a framework that asks less",
            |desk| {
                let file = "b/frameworks/1-soc-2.yaml";
                let text = desk.read(file);
                desk.put(file, &format!("{text}\n# changed\n"));
            },
            "`frameworks` of results.json",
        ),
        (
            "a verdict",
            |desk| desk.edit("b/results.json", "\"verdict\":\"fail\"", "\"verdict\":\"pass\""),
            "results.json says pass",
        ),
        (
            "a message",
            |desk| desk.edit("b/results.json", "\"messages\":[\"", "\"messages\":[\"almost "),
            "results.json says",
        ),
        ("a total", |desk| desk.edit("b/results.json", "\"fail\":", "\"fail\":1"), "`summary.total` of results.json"),
        (
            "a fact",
            |desk| {
                desk.edit("b/inventory/facts.jsonl", "\"publicly_accessible\":true", "\"publicly_accessible\":false")
            },
            "results.json says",
        ),
        (
            "the clock",
            |desk| desk.edit("b/manifest.json", AS_OF, "2026-11-21T00:00:00Z"),
            "`run.as_of` of results.json is",
        ),
    ];
    let public = desk.text("signer.pub.pem");
    for (what, edit, why) in edits {
        desk.copy("a", "b");
        edit(&desk);
        let before = desk.verify(&["b"], &[]);
        assert!(before.status == 1 && before.text().contains("does not have the digest"), "{what}: {}", before.text());
        desk.reseal("b");
        fs::remove_file(desk.path("b/evidence.dsse.json")).expect("removed");
        let ran = desk.verify(&["b"], &[]);
        assert!(ran.status == 1 && ran.text().contains(why), "{what}: {}", ran.text());
        desk.refuted_by("b", &["--key", &public], "SHA256SUMS.sig is not a signature over SHA256SUMS");
        fs::remove_dir_all(desk.path("b")).expect("removed");
    }
}

#[test]
fn rows_and_resources_that_do_not_fit_are_found() {
    let desk = Desk::with_sample();
    let results = desk.json("a/results.json");
    type Edit = fn(&mut Value);
    let edits: [(Edit, &str); 8] = [
        (|results| drop(results["verdicts"].as_array_mut().expect("rows").pop()), "results.json says no verdict"),
        (
            |results| {
                let rows = results["verdicts"].as_array_mut().expect("rows");
                let row = rows[0].clone();
                rows.push(row);
            },
            "has several verdicts on one resource",
        ),
        (
            |results| results["verdicts"][0]["resources"] = serde_json::json!([[0, 4_000_000_000_u32]]),
            "has several verdicts on one resource",
        ),
        (
            |results| results["verdicts"][0]["resources"] = serde_json::json!([[3, 1]]),
            "has several verdicts on one resource",
        ),
        (
            |results| drop(results["resources"].as_array_mut().expect("rows").pop()),
            "resources, and 10 are judged again",
        ),
        (|results| results["resources"][0]["tier"] = "tier-9".into(), "`tier` of"),
        (|results| results["rules"][0]["title"] = "another".into(), "`rules` of results.json"),
        (|results| results["schema"] = "dbkeel.results/v9".into(), "results.json is not of form"),
    ];
    for (edit, why) in edits {
        let mut changed = results.clone();
        edit(&mut changed);
        desk.put("a/results.json", &changed.to_string());
        desk.reseal("a");
        desk.refuted("a", why);
    }
}

#[test]
fn facts_that_do_not_fit_are_refused() {
    let desk = Desk::with_sample();
    let facts = desk.read("a/inventory/facts.jsonl");
    let lines: Vec<&str> = facts.lines().collect();
    let resource = lines.iter().position(|line| line.starts_with("{\"resource\"")).expect("one");
    let joined = |lines: &[&str]| format!("{}\n", lines.join("\n"));
    let without_last = joined(&lines[..lines.len() - 1]);
    let mut doubled = lines.clone();
    doubled.insert(resource, lines[resource]);
    for (changed, why) in [
        (String::new(), "does not end with a line feed"),
        (facts.trim_end().to_owned(), "does not end with a line feed"),
        (without_last, "as many resources as its last line says"),
        (joined(&doubled), "as many resources as its last line says"),
        (format!("{facts}{}\n", lines[resource]), "something stands behind its end"),
        (facts.replacen("\"known\":{", "\"known\":{\"no_such_fact\":1,", 1), "not among the facts of its head"),
        (facts.replacen("\"known\":{", &format!("\"known\":{}{{", "[".repeat(5_000)), 1), "line"),
        (facts.replacen("\"kind\":", "\"kin\":", 1), "unknown field"),
        (facts.replacen("resources_seen\":", "resources_seen\":-", 1), "line 1"),
    ] {
        desk.put("a/inventory/facts.jsonl", &changed);
        desk.reseal("a");
        desk.refuted("a", why);
    }
}

#[test]
fn manifests_that_do_not_fit_are_refused() {
    let desk = Desk::with_sample();
    let manifest = desk.json("a/manifest.json");
    type Edit = fn(&mut Value);
    let edits: [(Edit, &str); 10] = [
        (|of| of["scope"]["gaps"] = 7.into(), "the scope and the sources of manifest.json are not those"),
        (
            |of| of["ingredients"]["policies"][0]["file"] = "../../../etc/passwd".into(),
            "manifest.json names `../../../etc/passwd`, and its place is `policies/embedded/",
        ),
        (|of| of["ingredients"]["baselines"][0]["file"] = "/etc/passwd".into(), "manifest.json names `/etc/passwd`"),
        (
            |of| of["ingredients"]["baseline"] = "/etc/passwd".into(),
            "are refused: baseline `/etc/passwd` cannot be read",
        ),
        (
            |of| drop(of["ingredients"]["policies"].as_array_mut().expect("rows").pop()),
            "is listed, and nothing was judged by it",
        ),
        (|of| of["judging"]["gate"] = "passed".into(), "the gate is told to have passed"),
        (|of| of["judging"]["policies_sha256"] = "0".into(), "about another run than results.json"),
        (|of| of["as_of"] = "yesterday".into(), "is not an instant"),
        (|of| of["more"] = 1.into(), "unknown field `more`"),
        (|of| of["schema"] = "other/v1".into(), "does not say that it is of dbkeel's evidence"),
    ];
    for (edit, why) in edits {
        let mut changed = manifest.clone();
        edit(&mut changed);
        desk.put("a/manifest.json", &changed.to_string());
        desk.resum("a");
        desk.refuted("a", why);
    }
    let mut changed = manifest.clone();
    changed["files"][0]["sha256"] = "0".into();
    desk.put("a/manifest.json", &changed.to_string());
    desk.resum("a");
    desk.refuted("a", "lists other files or digests than SHA256SUMS");
    for text in ["", "null", "[]", "{", "\u{0}", &"[".repeat(100_000)] {
        desk.put("a/manifest.json", text);
        desk.resum("a");
        desk.refuted("a", "manifest.json is not one");
    }
}

#[test]
fn what_is_newer_is_not_proven_rather_than_refuted() {
    let desk = Desk::with_sample();
    let unproven = |bundle: &str, words: &str| {
        let ran = desk.verify(&[bundle], &[]);
        assert_eq!(ran.status, 3, "{}", ran.text());
        assert!(ran.text().contains("not proven") && ran.text().contains(words), "{words}: {}", ran.text());
    };
    desk.copy("a", "b");
    desk.edit("b/manifest.json", "dbkeel.evidence/v1", "dbkeel.evidence/v2");
    desk.resum("b");
    unproven("b", "verify it with a newer one");
    desk.copy("a", "c");
    desk.edit("c/inventory/facts.jsonl", "\"version\":1", "\"version\":2");
    desk.reseal("c");
    unproven("c", "it is of version 2");
    desk.copy("a", "d");
    desk.edit("d/inventory/facts.jsonl", "\"paths\":[", "\"paths\":[\"a_fact_of_tomorrow\",");
    desk.reseal("d");
    unproven("d", "knows no fact `a_fact_of_tomorrow`");
    // A rule that reads it does not load here, which is no fault of the bundle either.
    desk.copy("a", "e");
    desk.edit("e/manifest.json", "\"version\": \"0.1.0\"", "\"version\": \"9.9.9\"");
    desk.edit("e/results.json", "\"version\":\"0.1.0\"", "\"version\":\"9.9.9\"");
    desk.edit(
        "e/policies/embedded/retention/backup_retention.rego",
        "input.backup_retention_days <",
        "input.fact_of_tomorrow <",
    );
    desk.reseal("e");
    unproven("e", "packed by dbkeel 9.9.9");
}

#[test]
fn a_night_that_is_missing_put_in_or_exchanged_is_named() {
    let desk = Desk::new();
    let pack = |night: &str, bundle: &str, previous: Option<&str>| {
        let previous = previous.map(|previous| desk.text(previous));
        let words: Vec<&str> = previous.iter().flat_map(|previous| ["--previous", previous.as_str()]).collect();
        desk.pack_at(night, bundle, SAMPLE, &words).judged();
    };
    pack("2026-11-20", "1", None);
    pack("2026-11-21", "2", Some("1"));
    pack("2026-11-22", "3", Some("2"));
    pack("2026-11-21T12:00:00Z", "other-2", Some("1"));
    pack("2026-11-23", "alone", None);
    let told = |bundles: &[&str], words: &str| {
        let ran = desk.verify(bundles, &[]);
        assert!(ran.status == 1 && ran.text().contains(words), "{words}: {}", ran.text());
    };
    desk.verified(&["1", "2", "3"]);
    told(&["1", "3"], "a bundle is missing: the one before it, as of 2026-11-21T00:00:00Z");
    told(&["1", "2", "other-2"], "the chain forks");
    told(&["1", "other-2", "3"], "a bundle is missing");
    told(&["1", "2", "alone"], "it begins a chain of its own");
    told(&["1", "1"], "it is the same bundle as");
    // Dated back, with digests that fit.
    desk.copy("2", "back");
    desk.edit("back/manifest.json", "\"as_of\": \"2026-11-21T00:00:00Z\"", "\"as_of\": \"2026-11-19T00:00:00Z\"");
    desk.resum("back");
    told(&["1", "back"], "the clock goes backwards");
    // The night before was exchanged for another.
    desk.edit("1/reports/report.txt", "resource", "RESOURCE");
    desk.reseal("1");
    told(&["1", "2", "3"], "a bundle is missing");
}

#[test]
fn a_signature_that_is_missing_cut_or_of_another_key_is_named() {
    let desk = rich();
    let (_, other) = desk.keys("other");
    let public = desk.text("signer.pub.pem");
    let ran = desk.verify(&["a"], &["--key", &public]);
    assert!(ran.status == 0 && ran.text().contains("signature: holds for the key that was given"), "{}", ran.text());
    desk.refuted_by("a", &["--key", &other], "SHA256SUMS.sig is not a signature over SHA256SUMS by the key");
    desk.refuted_by("a", &["--key", &other], "no signature in it is of the key");
    let signature = fs::read(desk.path("a/SHA256SUMS.sig")).expect("there");
    for bytes in [&signature[..63], &[&signature[..], b"\n"].concat(), &[0; 64], b""] {
        fs::write(desk.path("a/SHA256SUMS.sig"), bytes).expect("written");
        desk.refuted_by("a", &["--key", &public], "SHA256SUMS.sig is not a signature");
    }
    fs::remove_file(desk.path("a/SHA256SUMS.sig")).expect("removed");
    desk.refuted_by("a", &["--key", &public], "it is not signed, and a key was given");
    desk.verified(&["a"]);
    // An envelope of another night says so, with a key and without.
    desk.pack("b", &of_project("testdata/locate/tfplan.json"), &[]).judged();
    fs::copy(desk.path("a/evidence.dsse.json"), desk.path("b/evidence.dsse.json")).expect("copied");
    desk.refuted("b", "its statement is about another SHA256SUMS");
    for text in ["", "{}", "{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\"!\",\"signatures\":[]}"] {
        desk.put("a/evidence.dsse.json", text);
        desk.refuted("a", "`evidence.dsse.json`: it");
    }
}

#[cfg(unix)]
#[test]
fn a_key_that_others_may_read_or_of_another_kind_is_refused() {
    let desk = Desk::new();
    let (signer, public) = desk.keys("signer");
    let refused = |words: &[&str], why: &str| {
        let ran = desk.pack("a", SAMPLE, words).refused();
        assert!(ran.stderr.contains(why), "{why}: {}", ran.stderr);
        assert!(!desk.path("a").exists());
    };
    for mode in ["640", "604", "644", "660"] {
        desk.run("chmod", &[mode, &signer]);
        refused(&["--sign-key", &signer], &format!("others than its owner may read it (mode {mode})"));
        desk.put("k", &"k".repeat(32));
        desk.run("chmod", &[mode, "k"]);
        refused(&["--redact", "tags", "--redact-key", &desk.text("k")], "others than its owner may read it");
    }
    desk.run("chmod", &["600", &signer]);
    desk.run("openssl", &["genpkey", "-algorithm", "rsa", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "rsa.pem"]);
    desk.run("chmod", &["600", "rsa.pem", &public]);
    refused(&["--sign-key", &desk.text("rsa.pem")], "it is not an Ed25519 key in PEM");
    refused(&["--sign-key", &public], "it is not an Ed25519 key in PEM");
    refused(&["--sign-key", &desk.text("none.pem")], "it cannot be read");
    refused(&["--redact", "no_such_fact"], "there is no fact `no_such_fact`");
    desk.put("short", "k");
    desk.run("chmod", &["600", "short"]);
    refused(&["--redact", "tags", "--redact-key", &desk.text("short")], "at least 32 are asked for");
    desk.pack("a", SAMPLE, &["--sign-key", &signer]).judged();
    let ran = desk.verify(&["a"], &["--key", &signer]);
    assert!(ran.status == 2 && ran.stderr.contains("is not an Ed25519 public key"), "{}", ran.stderr);
    assert_eq!(desk.verify(&["none"], &[]).status, 2);
}

#[test]
fn evidence_that_was_made_anew_is_caught_by_the_signature_alone() {
    let desk = rich();
    let public = desk.text("signer.pub.pem");
    desk.pack("anew", &of_project("testdata/locate/tfplan.json"), &[]).judged();
    desk.verified(&["anew"]);
    fs::copy(desk.path("a/SHA256SUMS.sig"), desk.path("anew/SHA256SUMS.sig")).expect("copied");
    desk.refuted_by("anew", &["--key", &public], "SHA256SUMS.sig is not a signature over SHA256SUMS");
}
