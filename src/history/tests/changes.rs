//! What becomes of findings from run to run.

use crate::history::testing::{database, history, key, night, partly, record, run_of, without};
use crate::history::{ChangeKind, FindingLife, History, ResourceSeen, RunDiff};
use crate::model::Severity;
use crate::model::Verdict::{self, Error, Fail, NotApplicable, Pass, Unknown, Waived};

/// What changed between two runs: kind, rule, name of the database.
fn changed(history: &History, from: &str, to: &str) -> Vec<(ChangeKind, String, String)> {
    let diff = diff(history, from, to);
    let name = |resource: &str| resource.rsplit(':').next().unwrap().to_owned();
    diff.findings.iter().map(|one| (one.change, one.rule.to_string(), name(&one.resource))).collect()
}

fn diff(history: &History, from: &str, to: &str) -> RunDiff {
    history.diff(&history.run(from).unwrap(), &history.run(to).unwrap()).unwrap()
}

fn one(name: &str, verdict: Verdict) -> ResourceSeen {
    database("1", name, &[verdict])
}

#[test]
fn each_change_has_its_own_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut history = history(folder.path());
    let graver = || {
        let mut graver = one("graver", Fail);
        graver.verdicts[0].severity = Severity::Critical;
        graver
    };
    let before = vec![
        one("ends", Fail),
        one("graver", Fail),
        one("leaves", Fail),
        one("opens", Pass),
        one("same", Fail),
        one("unclear", Fail),
        one("waived", Fail),
        one("waiver-ends", Waived),
        database("2", "unread", &[Fail]),
    ];
    let after = vec![
        one("ends", NotApplicable),
        graver(),
        one("opens", Fail),
        one("same", Fail),
        one("unclear", Unknown),
        one("waived", Waived),
        one("waiver-ends", Fail),
    ];
    record(&mut history, &[run_of(1, &["1", "2"], before), without(run_of(2, &["1", "2"], after), "2")]);
    let of = |kind, name: &str| (kind, "DBK-TST-000".to_owned(), name.to_owned());
    assert_eq!(
        changed(&history, "1", "2"),
        [
            of(ChangeKind::New, "opens"),
            of(ChangeKind::Fixed, "ends"),
            of(ChangeKind::Worse, "graver"),
            of(ChangeKind::Worse, "waiver-ends"),
            of(ChangeKind::Waived, "waived"),
            of(ChangeKind::Gone, "leaves"),
            of(ChangeKind::NotEvaluated, "unclear"),
            of(ChangeKind::NotEvaluated, "unread"),
        ]
    );
    let counts = diff(&history, "1", "2").counts();
    assert_eq!(counts.values().copied().collect::<Vec<_>>(), [1, 1, 2, 1, 1, 2]);
    assert_eq!(diff(&history, "1", "2").unchanged, 1);
    assert_eq!(
        changed(&history, "2", "2"),
        [of(ChangeKind::NotEvaluated, "unclear"), of(ChangeKind::NotEvaluated, "unread")]
    );
    assert_eq!(changed(&history, "1", "1"), []);
}

#[test]
fn a_gap_closes_no_finding_and_no_resource() {
    let folder = tempfile::tempdir().unwrap();
    let mut history = history(folder.path());
    let night = |number| run_of(number, &["1", "2"], vec![one("a", Fail), database("2", "b", &[Fail])]);
    let mut throttled = partly(night(3), "1");
    throttled.resources.clear();
    let recorded = record(&mut history, &[night(1), without(night(2), "2"), without(throttled, "2"), night(4)]);
    let life = FindingLife { found: Some(1), opened: Some(1), reopened: 0, failed: None };
    assert_eq!(recorded[0].open, [(0, 0, life), (1, 0, life)]);
    assert_eq!(recorded[3].open, [(0, 0, life), (1, 0, life)], "they are as old as they were");
    assert_eq!(changed(&history, "1", "4"), []);
    assert_eq!(changed(&history, "1", "2").len(), 1);
    assert_eq!(changed(&history, "2", "3").len(), 2);
    assert!(changed(&history, "2", "3").iter().all(|(kind, ..)| *kind == ChangeKind::NotEvaluated));
    assert_eq!(history.show(&history.run("3").unwrap()).unwrap().unread, 2);
    assert_eq!(history.show(&history.run("4").unwrap()).unwrap().unread, 0);
}

#[test]
fn what_was_fixed_behind_a_gap_is_fixed_when_it_is_seen_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut history = history(folder.path());
    let night = |number, verdict| run_of(number, &["1"], vec![one("a", verdict)]);
    let gone = |number| run_of(number, &["1"], vec![]);
    let unread = |number| without(night(number, Fail), "1");
    record(
        &mut history,
        &[night(1, Fail), unread(2), night(3, Pass), night(4, Fail), unread(5), gone(6), night(7, Fail)],
    );
    let kinds = |from, to| changed(&history, from, to).into_iter().map(|(kind, ..)| kind).collect::<Vec<_>>();
    assert_eq!(kinds("2", "3"), [ChangeKind::Fixed]);
    assert_eq!(kinds("1", "3"), [ChangeKind::Fixed]);
    assert_eq!(kinds("5", "6"), [ChangeKind::Gone]);
    assert_eq!(kinds("4", "6"), [ChangeKind::Gone]);
    assert_eq!(kinds("6", "7"), [ChangeKind::New]);
    assert_eq!(diff(&history, "6", "7").findings[0].reopened, 2);
}

#[test]
fn unknown_and_error_keep_a_finding_open() {
    let folder = tempfile::tempdir().unwrap();
    let mut history = history(folder.path());
    let runs: Vec<_> =
        (1..).zip([Fail, Unknown, Error, Fail]).map(|(at, of)| run_of(at, &["1"], vec![one("a", of)])).collect();
    let recorded = record(&mut history, &runs);
    let life = FindingLife { found: Some(1), opened: Some(1), reopened: 0, failed: None };
    let lives: Vec<FindingLife> = recorded.iter().map(|recorded| recorded.open[0].2).collect();
    let silent = FindingLife { failed: Some(1), ..life };
    assert_eq!(lives, [life, silent, silent, life]);
}

#[test]
fn a_finding_is_closed_in_the_run_that_ends_it_and_in_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let mut history = history(folder.path());
    let night = |number, verdicts: [Verdict; 3]| {
        let seen = verdicts.into_iter().zip(["a", "b", "c"]).map(|(verdict, name)| one(name, verdict));
        run_of(number, &["1"], seen.collect())
    };
    let nights = [
        night(1, [Fail, Fail, Waived]),
        night(2, [Pass, Unknown, Waived]),
        night(3, [Pass, NotApplicable, Fail]),
        night(4, [Fail, Pass, Pass]),
    ];
    let recorded = record(&mut history, &nights);
    let closed: Vec<&[(u32, u32)]> = recorded.iter().map(|recorded| recorded.closed.as_slice()).collect();
    assert_eq!(closed, [&[][..], &[(0, 0)], &[(1, 0)], &[(2, 0)]]);
    let report = history.report(&recorded[3]).unwrap();
    assert!(report.was_closed(0, 2) && !report.was_closed(0, 1));
}

#[test]
fn a_rule_that_is_not_used_fixes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut history = history(folder.path());
    let night = |number| run_of(number, &["1"], vec![database("1", "a", &[Pass, Fail])]);
    let mut without_it = night(2);
    without_it.rules.truncate(1);
    without_it.resources[0].verdicts.truncate(1);
    let recorded = record(&mut history, &[night(1), without_it, night(3)]);
    assert_eq!(changed(&history, "1", "2"), [(ChangeKind::NotEvaluated, "DBK-TST-001".to_owned(), "a".to_owned())]);
    assert_eq!(changed(&history, "1", "3"), []);
    assert_eq!(recorded[2].open[0].2.opened, Some(1));
}

#[test]
fn another_database_under_the_same_key_has_a_history_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let mut history = history(folder.path());
    let mut other = one("a", Fail);
    other.resource_id = Some("db-other".into());
    let runs = [run_of(1, &["1"], vec![one("a", Fail)]), run_of(2, &["1"], vec![other])];
    let recorded = record(&mut history, &runs);
    assert_eq!(recorded[1].open[0].2.found, Some(2));
    let kinds: Vec<ChangeKind> = changed(&history, "1", "2").into_iter().map(|(kind, ..)| kind).collect();
    assert_eq!(kinds, [ChangeKind::New, ChangeKind::Gone]);
}

#[test]
fn what_stays_the_same_takes_no_room() {
    let folder = tempfile::tempdir().unwrap();
    let mut history = history(folder.path());
    let night = |number| {
        let of = |name: u32| database("1", &format!("db-{name}"), &[Pass, Fail, NotApplicable]);
        run_of(number, &["1"], (0..50).map(of).collect())
    };
    record(&mut history, &[night(1)]);
    let size = || std::fs::metadata(folder.path().join("h.sqlite")).unwrap().len();
    let first = size();
    record(&mut history, &(2..30).map(night).collect::<Vec<_>>());
    assert!(size() - first < 29 * 500, "a row for each run: {} bytes", size() - first);
    let run = history.run("latest").unwrap();
    assert_eq!((run.run, run.as_of.as_str()), (29, night_text(29).as_str()));
    assert_eq!(run.counts.fail, 50);
    assert_eq!(key("1", "a").as_ref(), "arn:aws:rds:eu-west-1:1:db:a");
}

fn night_text(number: i64) -> String {
    night(number).to_string()
}
