//! The history of audits as a user meets it: made, asked, killed in the middle, written by two at once.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::audit::{aws, fleet};
use super::collect::{Moto, Proxy, moto};
use super::command::{Ran, Scanned, dbkeel, list, run, text};
use super::fleet::dice::Dice;

/// The words of an audit whose files are in a folder.
fn words(folder: &Path, fleet: &str, as_of: &str, more: &[&str]) -> Vec<String> {
    let inventory = folder.join("night.jsonl").display().to_string();
    let words = ["audit", "--fleet", fleet, "--inventory", &inventory, "--as-of", as_of];
    words.iter().chain(more).map(|word| (*word).to_owned()).collect()
}

fn audited(proxy: &Proxy, folder: &Path, fleet: &str, as_of: &str, more: &[&str]) -> Ran {
    run(aws(proxy, words(folder, fleet, as_of, more)), b"").judged()
}

/// What a command about the history in a folder says as JSON.
fn asked(folder: &Path, words: &[&str]) -> Value {
    let history = folder.join("fleet.history.sqlite").display().to_string();
    let ran = dbkeel(words.iter().chain(&["--format", "json", "--history", &history]));
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    serde_json::from_slice(&ran.stdout).unwrap()
}

/// A day of the nights that the tests judge.
fn day(number: u32) -> String {
    format!("2026-11-{number:02}T02:00:00Z")
}

#[test]
fn findings_get_ages_and_two_nights_can_be_compared() {
    let Some(moto) = moto() else { return };
    let (folder, proxy) = (tempfile::tempdir().unwrap(), Proxy::new(moto.port, &[]));
    let (folder, fleet) = (folder.path(), fleet(folder.path(), moto, ""));
    let first = Scanned::read(&audited(&proxy, folder, &fleet, &day(22), &["--output", "json"]).stdout).document;
    assert_eq!(first["history"]["run"], 1);
    assert!(first["history"]["since"].is_null());
    assert!(list(&first["ages"]).iter().all(|age| age["age_days"] == 0 && age["first_seen"] == day(22)));
    let denied = Proxy::new(moto.port, &["DescribeDBInstances@eu-west-1=denied"]);
    let second = Scanned::read(&audited(&denied, folder, &fleet, &day(24), &["--output", "json"]).stdout).document;
    let since = &second["history"]["since"];
    assert_eq!((&since["run"], &since["fixed"], &since["gone"]), (&1.into(), &0.into(), &0.into()), "{since}");
    assert!(since["not_evaluated"].as_u64().unwrap() > 50, "{since}");
    assert!(list(&second["ages"]).iter().any(|age| age["age_days"] == 2 && age["first_seen"] == day(22)));
    let third = Scanned::read(&audited(&proxy, folder, &fleet, &day(25), &["--output", "json"]).stdout).document;
    let since = &third["history"]["since"];
    assert_eq!((&since["new"], &since["fixed"], &since["gone"]), (&0.into(), &0.into(), &0.into()), "{since}");
    assert!(list(&third["ages"]).iter().all(|age| age["age_days"] == 3 && age["reopened"] == 0));
    let schema: Value = serde_json::from_str(include_str!("../../docs/schema/results-v1.json")).unwrap();
    jsonschema::validate(&schema, &third).expect("the results are as the schema says");

    let runs = asked(folder, &["history", "runs"]);
    assert_eq!(list(&runs).iter().map(|run| text(&run["as_of"])).collect::<Vec<_>>(), [day(22), day(24), day(25)]);
    assert_eq!(asked(folder, &["history", "show", "2"])["gaps"], second["gaps"]);
    let diff = asked(folder, &["diff", "1", "2"]);
    assert_eq!(diff["counts"]["not_evaluated"], second["history"]["since"]["not_evaluated"]);
    assert!(
        list(&diff["findings"])
            .iter()
            .all(|one| text(&one["resource"]).contains("eu-west-1") || text(&one["resource"]).contains(":global:"))
    );
    assert_eq!(asked(folder, &["diff"])["counts"]["fixed"], 0);
    let none = dbkeel(["diff", "1", "9", "--history", &folder.join("fleet.history.sqlite").display().to_string()]);
    assert!(none.refused().stderr.contains("there is no run `9`"));
}

#[test]
fn an_audit_without_a_history_writes_none_and_one_that_cannot_record_begins_nothing() {
    let Some(moto) = moto() else { return };
    let (folder, proxy) = (tempfile::tempdir().unwrap(), Proxy::new(moto.port, &[]));
    let (folder, fleet) = (folder.path(), fleet(folder.path(), moto, ""));
    let ran = audited(&proxy, folder, &fleet, &day(22), &["--no-history", "--output", "json"]);
    let document = Scanned::read(&ran.stdout).document;
    assert!(document["history"].is_null() && document["ages"].is_null());
    assert!(!folder.join("fleet.history.sqlite").exists());
    let before = proxy.log().len();
    std::fs::write(folder.join("fleet.history.sqlite"), "no database, though long enough to be one ".repeat(40))
        .unwrap();
    let refused = run(aws(&proxy, words(folder, &fleet, &day(22), &[])), b"").refused();
    assert!(refused.stderr.contains("it is not a database"), "{}", refused.stderr);
    assert_eq!(proxy.log().len(), before, "nothing was asked");
}

#[test]
fn two_audits_at_once_on_one_history_both_end_well() {
    let Some(moto) = moto() else { return };
    let (folder, proxy) = (tempfile::tempdir().unwrap(), Proxy::new(moto.port, &[]));
    let (folder, fleet) = (folder.path(), fleet(folder.path(), moto, ""));
    let started: Vec<_> = ["a.jsonl", "b.jsonl"]
        .iter()
        .map(|inventory| {
            let inventory = folder.join(inventory).display().to_string();
            let words = ["audit", "--fleet", &fleet, "--inventory", &inventory, "--as-of", &day(22)];
            aws(&proxy, words).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for child in started {
        let ended = child.wait_with_output().unwrap();
        assert_eq!(ended.status.code(), Some(1), "{}", String::from_utf8_lossy(&ended.stderr));
    }
    let runs = asked(folder, &["history", "runs"]);
    assert_eq!(list(&runs).iter().map(|run| run["run"].as_i64().unwrap()).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(list(&runs)[0]["counts"], list(&runs)[1]["counts"]);
    assert_eq!(list(&asked(folder, &["diff", "1", "2"])["findings"]).len(), 0);
}

/// Kills audits at random moments, half of them after the collection, and says how many had recorded their run.
fn kill_audits(moto: &Moto, times: u64) -> usize {
    let (folder, proxy) = (tempfile::tempdir().unwrap(), Proxy::new(moto.port, &[]));
    let (folder, fleet) = (folder.path(), fleet(folder.path(), moto, ""));
    let outputs = ["json", "csv", "sarif-full"].map(|format| format!("{format}={}", folder.join(format).display()));
    let more: Vec<&str> =
        ["--resume"].into_iter().chain(outputs.iter().flat_map(|output| ["--output", output.as_str()])).collect();
    let began = Instant::now();
    let whole = audited(&proxy, folder, &fleet, &day(1), &[&more[..], &["--output", "table"]].concat());
    assert_eq!(whole.status, 1, "{}", whole.stderr);
    let takes = began.elapsed();
    let undisturbed = Scanned::read(&std::fs::read(folder.join("json")).unwrap());
    let mut dice = Dice::new(20_261_122, times);
    let mut runs = 1;
    for attempt in 0..times {
        let after_collection = attempt % 2 == 1;
        let mut child = aws(&proxy, words(folder, &fleet, &day(2), &more))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let wait = if after_collection {
            stderr.find(|line| line.starts_with("wrote ") && line.contains("night.jsonl"));
            takes / 2
        } else {
            takes
        };
        std::thread::sleep(Duration::from_micros(dice.below(wait.as_micros() as u64)));
        child.kill().unwrap();
        child.wait().unwrap();
        // The history is readable, and at most one run more.
        let now = list(&asked(folder, &["history", "runs"])).len();
        assert!(now == runs || now == runs + 1, "{now} runs after {runs}");
        runs = now;
        // No output is half-written.
        let json: Value = serde_json::from_slice(&std::fs::read(folder.join("json")).unwrap()).unwrap();
        assert_eq!(json["schema"], "dbkeel.results/v1");
        serde_json::from_slice::<Value>(&std::fs::read(folder.join("sarif-full")).unwrap()).unwrap();
        assert!(std::fs::read_to_string(folder.join("csv")).unwrap().ends_with('\n'));
        if attempt % 20 == 19 || attempt + 1 == times {
            let next = audited(&proxy, folder, &fleet, &day(2), &more);
            assert_eq!(next.status, 1, "{}", next.stderr);
            runs += 1;
            let read = Scanned::read(&std::fs::read(folder.join("json")).unwrap());
            assert_eq!(read.verdicts, undisturbed.verdicts, "the next run is right");
            assert_eq!(read.document["history"]["run"], runs);
            assert!(list(&read.document["ages"]).iter().all(|age| age["first_seen"] == day(1) && age["reopened"] == 0));
        }
    }
    let left: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with("-journal") || name.ends_with(".partial"))
        .collect();
    assert_eq!(left, [""; 0], "the last run left nothing over");
    runs
}

#[test]
fn an_audit_that_is_killed_leaves_the_history_readable_and_no_output_half_written() {
    let Some(moto) = moto() else { return };
    assert!(kill_audits(moto, 10) > 1);
}

#[test]
#[ignore = "200 audits take some ten minutes; `cargo test --test integration 200_random -- --ignored`"]
fn an_audit_may_be_killed_at_200_random_moments() {
    let Some(moto) = moto() else { return };
    let runs = kill_audits(moto, 200);
    assert!((12..200).contains(&runs), "{runs} runs: some kills came before the run was recorded, some after");
}
