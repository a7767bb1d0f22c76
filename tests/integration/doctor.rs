//! `dbkeel doctor`, `dbkeel man` and `dbkeel --version`, as a user runs them.

use std::path::Path;

use serde_json::Value;

use super::audit::{aws, fleet};
use super::collect::{Proxy, moto};
use super::command::{Ran, dbkeel, run};
use super::inputs::SAMPLE;

/// The checks of a JSON report: what, how it stands, what was found.
fn checks(ran: &Ran) -> Vec<(String, String, String)> {
    let report: Value = serde_json::from_slice(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    let text = |check: &Value, name: &str| check[name].as_str().unwrap_or_default().to_owned();
    let checks = report["checks"].as_array().unwrap().iter();
    checks.map(|check| (text(check, "what"), text(check, "standing"), text(check, "found"))).collect()
}

fn of<'c>(checks: &'c [(String, String, String)], what: &str) -> &'c (String, String, String) {
    checks.iter().find(|check| check.0.starts_with(what)).unwrap_or_else(|| panic!("{what}: {checks:?}"))
}

#[test]
fn files_that_are_as_they_have_to_be_are_0() {
    let ran = dbkeel(["doctor", SAMPLE, "--waivers", "testdata/waivers/waivers.yaml", "--format", "json"]);
    assert_eq!(ran.status, 0, "{}{}", ran.text(), ran.stderr);
    let checks = checks(&ran);
    for (what, standing) in
        [("policies", "good"), ("baseline", "good"), ("waivers", "good"), (SAMPLE, "good"), ("AWS", "not_tried")]
    {
        assert_eq!(of(&checks, what).1, standing, "{what}");
    }
}

#[test]
fn what_is_missing_is_1_with_what_the_command_itself_would_say() {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(place("cut.json"), "{\"format_version\": ").unwrap();
    std::fs::write(place("waivers.yaml"), "waivers: [{id: W-1}]\n").unwrap();
    std::fs::write(place("fleet.yaml"), "accounts: [{id: 12}]\n").unwrap();
    std::fs::write(place("fleet.history.sqlite"), "no database").unwrap();
    let words = [
        "doctor",
        &place("cut.json"),
        "--waivers",
        &place("waivers.yaml"),
        "--fleet",
        &place("fleet.yaml"),
        "--baseline",
        "standard",
    ];
    let ran = dbkeel(words);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    let text = ran.text();
    for said in
        ["✗ waivers: ", "✗ fleet file: ", "✗ history: ", "cut.json: the JSON document is cut short", "4 things missing"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn a_baseline_that_is_not_there_is_said_and_the_rest_is_looked_at() {
    let ran = dbkeel(["doctor", SAMPLE, "--baseline", "no-such-baseline", "--format", "json"]);
    assert_eq!(ran.status, 1);
    let checks = checks(&ran);
    assert_eq!(of(&checks, "baseline").1, "missing");
    assert_eq!(of(&checks, SAMPLE).1, "good");
}

fn doctored(proxy: &Proxy, fleet: &str) -> Ran {
    run(aws(proxy, ["doctor", "--fleet", fleet, "--format", "json"]), b"")
}

#[test]
fn every_account_is_entered_and_asked_a_little() {
    let Some(moto) = moto() else { return };
    let (folder, proxy) = (tempfile::tempdir().unwrap(), Proxy::new(moto.port, &[]));
    let ran = doctored(&proxy, &fleet(folder.path(), moto, ""));
    let checks = checks(&ran);
    assert_eq!(ran.status, 0, "{checks:?}{}", ran.stderr);
    for account in &moto.accounts {
        let check = of(&checks, &format!("account {account} in us-east-1"));
        assert_eq!(check.1, "good", "{check:?}");
        assert!(check.2.contains(" calls answered; "), "{check:?}");
    }
    assert_eq!(of(&checks, "history").1, "not_tried");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "it writes nothing");
}

#[test]
fn a_permission_that_is_missing_is_named_and_so_is_an_account_that_cannot_be_entered() {
    let Some(moto) = moto() else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = fleet(folder.path(), moto, "");
    let proxy = Proxy::new(moto.port, &["DescribeSecurityGroups@*=denied", "ListProtectedResources@*=denied"]);
    let ran = doctored(&proxy, &file);
    assert_eq!(ran.status, 1);
    let checks = checks(&ran);
    let check = of(&checks, &format!("account {} in us-east-1", moto.accounts[0]));
    assert!(
        check.2.starts_with("not allowed: backup:ListProtectedResources, ec2:DescribeSecurityGroups\n"),
        "{check:?}"
    );
    let proxy = Proxy::new(moto.port, &["AssumeRole@*=denied"]);
    let ran = doctored(&proxy, &file);
    assert_eq!(ran.status, 1);
    let checks = self::checks(&ran);
    assert_eq!(of(&checks, &format!("account {} in us-east-1", moto.accounts[0])).1, "good");
    let lost: Vec<_> = checks.iter().filter(|check| check.0.contains(&moto.accounts[1])).collect();
    assert!(
        matches!(lost.as_slice(), [check] if check.1 == "missing" && check.2.starts_with("it cannot be entered: ")),
        "{lost:?}"
    );
}

#[test]
fn credentials_that_are_refused_are_missing() {
    let Some(moto) = moto() else { return };
    let proxy = Proxy::new(moto.port, &["GetCallerIdentity@*=denied"]);
    let ran = run(aws(&proxy, ["doctor", "--aws"]), b"");
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert!(ran.text().contains("✗ AWS: AWS does not accept the credentials"), "{}", ran.text());
    let offline = run(aws(&proxy, ["doctor", "--offline"]), b"");
    assert_eq!(offline.status, 0, "{}", offline.text());
}

#[test]
fn the_version_names_the_program_its_commit_and_its_rules() {
    for words in [["--version"].as_slice(), &["-V"], &["scan", "--version"]] {
        let ran = dbkeel(words);
        assert_eq!(ran.status, 0);
        let text = ran.text();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], concat!("dbkeel ", env!("CARGO_PKG_VERSION")), "{words:?}");
        assert!(lines[1].starts_with("commit "), "{text}");
        assert!(lines[2].starts_with("policies ") && lines[2].contains(" rules, sha256 "), "{text}");
    }
}

#[test]
fn there_is_a_man_page_for_each_command() {
    let folder = tempfile::tempdir().unwrap();
    let ran = dbkeel(["man", &folder.path().display().to_string()]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(read("dbkeel.1").starts_with(".ie"), "roff");
    for (page, said) in
        [("dbkeel-scan.1", "gate"), ("dbkeel-collect-aws.1", "resume"), ("dbkeel-report-scorecard.1", "drills")]
    {
        assert!(read(page).contains(said), "{page}");
    }
    assert_eq!(dbkeel(["man"]).text(), read("dbkeel.1"));
    let nowhere = dbkeel(["man", "no/such/folder"]).refused();
    assert!(nowhere.stderr.contains("no/such/folder"), "{}", nowhere.stderr);
    assert!(!Path::new("no").exists());
}
