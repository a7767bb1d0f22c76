//! Pruning and exporting, and that what is recorded can be read back.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::Value;

use crate::history::testing::{database, history, key, night, partly, record, run_of, without};
use crate::history::{ChangeKind, History, RunRecord};
use crate::model::Verdict::{self, Error, Fail, NotApplicable, Pass, Unknown, Waived};

fn exported(history: &History) -> Vec<Value> {
    let mut out = Vec::new();
    history.export(&mut out).unwrap().unwrap();
    String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn pruning_keeps_what_is_open_and_its_age() {
    let folder = tempfile::tempdir().unwrap();
    let mut history = history(folder.path());
    let names: Vec<String> = (0..300).map(|number| format!("db-{number}")).collect();
    let run = |number: i64| {
        let flips = |name: &String| database("1", name, &[if number % 2 == 0 { Fail } else { Pass }, Fail]);
        let mut databases: Vec<_> = names.iter().map(flips).collect();
        if number > 3 {
            databases.truncate(200);
        }
        run_of(number, &["1"], databases)
    };
    record(&mut history, &(1..=20).map(run).collect::<Vec<_>>());
    let before = history.diff(&history.run("19").unwrap(), &history.run("20").unwrap()).unwrap();
    let pruned = history.prune(night(15)).unwrap();
    assert_eq!(pruned.runs, 14);
    assert!(pruned.rows > 300 * 10 && pruned.bytes > 50_000, "{pruned:?}");
    assert_eq!(history.diff(&history.run("19").unwrap(), &history.run("20").unwrap()).unwrap(), before);
    assert!(history.diff(&history.run("3").unwrap(), &history.run("20").unwrap()).is_err());
    let next = record(&mut history, &[run(21)]);
    assert!(next[0].open.iter().all(|(_, _, life)| life.opened == Some(1)));
    assert_eq!(exported(&history).iter().filter(|line| line.get("resource").is_some()).count(), 200);
    assert_eq!(history.prune(night(15)).unwrap().runs, 0, "pruning twice is pruning once");
    assert_eq!(history.prune(night(900)).unwrap().runs, 6, "the last run stays");
    assert!(!history.run("latest").unwrap().pruned);
}

#[test]
fn an_export_has_a_line_for_each_row_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let mut history = history(folder.path());
    let mut first = run_of(1, &["1"], vec![database("1", "a", &[Fail, Waived])]);
    first.resources[0].samples.insert("recovery_lag_seconds", 300);
    record(&mut history, &[first, without(run_of(2, &["1"], vec![]), "1")]);
    let lines = exported(&history);
    let verdicts: Vec<&Value> = lines.iter().filter_map(|line| line.get("verdict")).collect();
    assert_eq!(
        verdicts,
        [
            &serde_json::json!({"resource": key("1", "a"), "rule": "DBK-TST-000", "first_run": 1, "verdict": "fail",
                "severity": "high", "message": "rule 0 says fail", "found": 1, "opened": 1}),
            &serde_json::json!({"resource": key("1", "a"), "rule": "DBK-TST-001", "first_run": 1, "verdict": "waived",
                "severity": "high", "waiver": "W-1", "message": "rule 1 says waived", "found": 1, "opened": 1}),
        ]
    );
    let names: BTreeSet<&str> =
        lines.iter().flat_map(|line| line.as_object().unwrap().keys().map(String::as_str)).collect();
    assert_eq!(names, ["fact", "gap", "resource", "run", "sample", "seen", "verdict"].into());
}

/// What a night may look like, of two accounts with four databases each.
fn nights() -> impl Strategy<Value = Vec<RunRecord>> {
    let verdict = prop::sample::select(vec![Pass, Fail, Unknown, Error, Waived, NotApplicable]);
    let database = prop::option::weighted(0.85, prop::collection::vec(verdict, 3));
    let night = (prop::collection::vec(database, 8), 0..8u8);
    prop::collection::vec(night, 1..9)
        .prop_map(|nights| (1..).zip(nights).map(|(number, (databases, gap))| of(number, &databases, gap)).collect())
}

fn of(number: i64, databases: &[Option<Vec<Verdict>>], gap: u8) -> RunRecord {
    let account = |position: usize| if position < 4 { "1" } else { "2" };
    let of = |(position, verdicts): (usize, &Option<Vec<Verdict>>)| {
        Some(database(account(position), &format!("db-{position}"), verdicts.as_ref()?))
    };
    let run = run_of(number, &["1", "2"], databases.iter().enumerate().filter_map(of).collect());
    match gap {
        0 => without(run, "1"),
        1 => partly(run, "2"),
        2 => without(without(run, "1"), "2"),
        _ => run,
    }
}

/// A finding as a person with all the nights before them would tell it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Told {
    first: Option<i64>,
    opened: Option<i64>,
    back: i64,
}

/// Tells every finding night by night, from the records alone.
fn told(nights: &[RunRecord]) -> Vec<BTreeMap<(String, u32), Told>> {
    let mut all = Vec::new();
    let mut told: BTreeMap<(String, u32), Told> = BTreeMap::new();
    for (number, night) in (1..).zip(nights) {
        let seen: BTreeMap<String, _> = night.resources.iter().map(|seen| (seen.key.to_string(), seen)).collect();
        for ((key, rule), told) in &mut told {
            let account = if key.contains(":1:") { "1" } else { "2" };
            let is_whole = night
                .scopes
                .iter()
                .any(|seen| seen.scope.account.as_deref() == Some(account) && seen.not_whole.is_empty());
            match seen.get(key) {
                None if is_whole => told.opened = None,
                None => {}
                Some(seen) if matches!(seen.verdicts[*rule as usize].verdict, Pass | NotApplicable) => {
                    told.opened = None
                }
                Some(_) => {}
            }
        }
        for (key, seen) in seen {
            for judged in seen.verdicts.iter().filter(|judged| matches!(judged.verdict, Fail | Waived)) {
                let told = told.entry((key.clone(), judged.rule)).or_default();
                if told.opened.is_none() {
                    told.back += i64::from(told.first.is_some());
                    told.first = told.first.or(Some(number));
                    told.opened = Some(number);
                }
            }
        }
        all.push(told.clone());
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_history_tells_what_the_nights_told(nights in nights()) {
        let folder = tempfile::tempdir().unwrap();
        let mut history = history(folder.path());
        let recorded = record(&mut history, &nights);
        let told = told(&nights);
        for ((night, recorded), told) in nights.iter().zip(&recorded).zip(&told) {
            let lives: BTreeMap<(String, u32), Told> = recorded.open.iter().map(|(resource, rule, life)| {
                let key = night.resources[*resource as usize].key.to_string();
                ((key, *rule), Told { first: life.found, opened: life.opened, back: life.reopened })
            }).collect();
            let seen: BTreeSet<String> = night.resources.iter().map(|seen| seen.key.to_string()).collect();
            let expected: BTreeMap<_, _> = told.iter()
                .filter(|((key, _), told)| told.opened.is_some() && seen.contains(key))
                .map(|(key, told)| (key.clone(), *told)).collect();
            prop_assert_eq!(lives, expected);
        }
        // A diff there and back: what is new one way is fixed or gone the other way.
        let (from, to) = (history.run("1").unwrap(), history.run("latest").unwrap());
        let sets = |diff: &crate::history::RunDiff, wanted: &[ChangeKind]| -> BTreeSet<(String, String)> {
            diff.findings.iter().filter(|one| wanted.contains(&one.change))
                .map(|one| (one.rule.to_string(), one.resource.to_string())).collect()
        };
        let (there, back) = (history.diff(&from, &to).unwrap(), history.diff(&to, &from).unwrap());
        let ended = [ChangeKind::Fixed, ChangeKind::Gone];
        prop_assert!(sets(&there, &[ChangeKind::New]).is_subset(&sets(&back, &ended)));
        prop_assert!(sets(&back, &[ChangeKind::New]).is_subset(&sets(&there, &ended)));
        prop_assert_eq!(history.diff(&to, &to).unwrap().findings.iter().filter(|one| one.change != ChangeKind::NotEvaluated).count(), 0);
        History::check(&folder.path().join("h.sqlite"), "audits", crate::history::testing::PATIENCE).unwrap();
    }
}
