//! What waivers do to results.

use super::*;
use crate::model::{Finding, Location, Region};

/// The results with the failures of `DBK-RET-001` on every resource, judged at an instant and waived.
fn waived(text: &str, as_of: &str, limits: &WaiverLimits, comments: Option<&[SourceComment]>) -> Results {
    let mut results = everything();
    results.waivers = None;
    results.run.as_of = as_of.into();
    apply(&mut results, &parsed(text), limits, comments);
    results
}

fn today(text: &str) -> Results {
    waived(text, "2026-11-22T06:00:00Z", &WaiverLimits::default(), None)
}

/// What is waived of `DBK-RET-001`; the results hold older waived findings of another rule.
fn findings(results: &Results) -> Vec<Finding<'_>> {
    results.findings(&[Verdict::Waived]).filter(|finding| *finding.rule.id == *"DBK-RET-001").collect()
}

fn names(results: &Results) -> Vec<&str> {
    findings(results).iter().map(|finding| finding.resource.id.as_ref()).collect()
}

fn uses(results: &Results) -> &[WaiverUse] {
    &results.waivers.as_ref().unwrap().entries
}

fn selecting(selector: &str) -> String {
    GOOD.replace("resource: aws_db_instance.a", selector)
}

#[test]
fn a_waived_failure_keeps_what_it_said_and_names_its_waiver() {
    let results = today(GOOD);
    let waived = findings(&results);
    let [finding] = waived.as_slice() else { panic!("{waived:?}") };
    assert_eq!(
        finding.message(),
        "keeps 1 day of backups; tier-1 asks for 35; waived until 2027-01-31 by `W-1`: the vendor needs it"
    );
    assert_eq!(finding.waiver.unwrap().id.as_ref(), "W-1");
    // Others with the same outcome still fail.
    assert!(results.findings(&[Verdict::Fail]).any(|finding| finding.resource.id.as_ref() == "aws_db_instance.b[1]"));
}

#[test]
fn only_failures_are_touched() {
    let all = |rule: &str| GOOD.replace("DBK-RET-001", rule).replace("aws_db_instance.a", "\"*\"");
    let before = everything();
    for rule in &before.rules {
        let after = today(&all(&rule.id));
        assert_eq!(before.resources.len(), after.resources.len());
        let (old, new) = (before.counts(), after.counts());
        assert_eq!((old.pass, old.unknown, old.error), (new.pass, new.unknown, new.error));
        assert_eq!(old.not_applicable, new.not_applicable);
        assert_eq!(old.fail + old.waived, new.fail + new.waived);
        for (old, new) in before.verdicts.iter().zip(&after.verdicts) {
            let resources =
                |verdicts: &[(u32, u32)]| verdicts.iter().map(|(resource, _)| *resource).collect::<Vec<_>>();
            assert_eq!(resources(&old.verdicts), resources(&new.verdicts));
        }
    }
}

#[test]
fn outcomes_stay_in_the_order_in_which_resources_show_them() {
    let results = today(&selecting("resource: \"aws_db_instance.b[?]\""));
    assert_eq!(names(&results), ["aws_db_instance.b[0]", "aws_db_instance.b[1]"]);
    for of_rule in &results.verdicts {
        let mut seen = 0;
        for (_, outcome) in &of_rule.verdicts {
            assert!(*outcome <= seen, "{:?}", of_rule.verdicts);
            seen = seen.max(outcome + 1);
        }
    }
}

#[test]
fn a_waiver_holds_to_the_end_of_its_last_day_in_utc() {
    let at = |as_of: &str| {
        let results = waived(GOOD, as_of, &WaiverLimits::default(), None);
        (names(&results).len(), uses(&results)[0].state)
    };
    assert_eq!(at("2027-01-31T23:59:59Z"), (1, WaiverState::Expiring));
    assert_eq!(at("2027-02-01T00:00:00Z"), (0, WaiverState::Expired));
    assert_eq!(at("2027-01-01T00:00:00Z"), (1, WaiverState::Expiring));
    assert_eq!(at("2026-12-31T23:59:59Z"), (1, WaiverState::Active));
}

#[test]
fn a_waiver_holds_from_the_start_of_its_first_day_in_utc() {
    let text = GOOD.replace("    expires", "    created: 2026-12-01\n    expires");
    let at = |as_of: &str| {
        let results = waived(&text, as_of, &WaiverLimits::default(), None);
        (names(&results).len(), uses(&results)[0].state)
    };
    assert_eq!(at("2026-11-30T23:59:59Z"), (0, WaiverState::NotYet));
    assert_eq!(at("2026-12-01T00:00:00Z"), (1, WaiverState::Active));
}

#[test]
fn an_expired_waiver_is_reported_and_not_applied() {
    let results = waived(GOOD, "2027-02-01T00:00:00Z", &WaiverLimits::default(), None);
    assert_eq!(names(&results), [""; 0]);
    assert_eq!((uses(&results)[0].selected, uses(&results)[0].waived), (1, 0));
    assert_eq!(
        notes(results.waivers.as_ref().unwrap()),
        [
            "note: waiver `W-1` (w.yaml:2) expired on 2027-01-31 and is not applied",
            "note: waiver `W-1` (w.yaml:2) would have waived 1 finding",
        ]
    );
}

#[test]
fn the_baseline_ends_a_waiver_that_holds_too_long() {
    let limits = WaiverLimits { max_days: [(Severity::High, 30)].into(), ..WaiverLimits::default() };
    let dated = GOOD.replace("    expires", "    created: 2026-11-01\n    expires");
    let at = |text: &str, as_of: &str| {
        let results = waived(text, as_of, &limits, None);
        let used = &uses(&results)[0];
        (names(&results).len(), used.expires.to_string(), used.remarks.clone())
    };
    assert_eq!(at(&dated, "2026-12-01T23:59:59Z"), (1, "2026-12-01".into(), vec![WaiverRemark::TooLong]));
    assert_eq!(at(&dated, "2026-12-02T00:00:00Z"), (0, "2026-12-01".into(), vec![WaiverRemark::TooLong]));
    let short = dated.replace("2027-01-31", "2026-12-01");
    assert_eq!(at(&short, "2026-12-01T00:00:00Z"), (1, "2026-12-01".into(), vec![]));
    // Without a first day nobody can tell how long it has been holding.
    assert_eq!(at(GOOD, "2026-11-22T00:00:00Z"), (0, "2027-01-31".into(), vec![WaiverRemark::Undated]));
}

#[test]
fn a_waiver_that_selects_too_much_or_nothing_is_told() {
    let limits = WaiverLimits { max_resources: 6, ..WaiverLimits::default() };
    let all = waived(&selecting("resource: \"*\""), "2026-11-22T00:00:00Z", &limits, None);
    assert_eq!((uses(&all)[0].waived, uses(&all)[0].remarks.as_slice()), (7, [WaiverRemark::OverBroad].as_slice()));
    let none = today(&selecting("resource: aws_db_instance.gone"));
    assert_eq!((uses(&none)[0].waived, uses(&none)[0].remarks.as_slice()), (0, [WaiverRemark::Unused].as_slice()));
}

#[test]
fn every_selector_must_match() {
    let counted = |selector: &str| names(&today(&selecting(selector))).len();
    assert_eq!(counted("tier: tier-1"), 4);
    assert_eq!(counted("tier: [tier-1, tier-2]"), 7);
    assert_eq!(counted("tier: tier-1\n    resource: \"aws_db_instance.?\""), 2);
    assert_eq!(counted("tags: {Owner: DB-*}"), 7);
    assert_eq!(counted("tags: {owner: [x, db-team]}\n    tier: tier-2"), 3);
    assert_eq!(counted("tags: {owner: other}"), 0);
    assert_eq!(counted("tags: {team: db-team}"), 0);
}

#[test]
fn the_first_waiver_that_holds_waives_and_every_one_that_selects_counts() {
    let second = GOOD.replace("waivers:\n", "").replace("W-1", "W-2");
    let third = second.replace("W-2", "W-0").replace("2027-01-31", "2026-01-31");
    let results = today(&format!("waivers:\n{third}{}{second}", GOOD.replace("waivers:\n", "")));
    let told: Vec<_> = uses(&results).iter().map(|used| (used.id.as_ref(), used.selected, used.waived)).collect();
    assert_eq!(told, [("W-0", 1, 0), ("W-1", 1, 1), ("W-2", 1, 0)]);
    assert!(uses(&results).iter().all(|used| used.remarks.is_empty()));
}

fn comment(waiver: &str, line: u32, covers: Option<Vec<(u32, u32)>>) -> SourceComment {
    let region = Region { start_line: line, start_column: 3, end_line: line, end_column: 9 };
    SourceComment { waiver: waiver.into(), location: Location { file: "main.tf".into(), region: Some(region) }, covers }
}

#[test]
fn a_comment_narrows_a_waiver_and_waives_nothing_alone() {
    let text = selecting("source_comment: required");
    // Rule 5 is `DBK-RET-001`, rule 0 another.
    let comments = [
        comment("W-1", 3, Some(vec![(0, 3), (5, 1), (5, 2)])),
        comment("W-1", 20, Some(vec![(0, 3)])),
        comment("W-1", 30, None),
        comment("W-2", 40, Some(vec![(5, 4)])),
        comment("", 50, Some(vec![(5, 4)])),
    ];
    let as_of = "2026-11-22T00:00:00Z";
    let results = waived(&text, as_of, &WaiverLimits::default(), Some(&comments));
    assert_eq!(names(&results), ["aws_db_instance.b[0]", "aws_db_instance.b[1]"]);
    let finding = findings(&results)[0];
    assert_eq!(finding.outcome.waived_by.as_ref().unwrap().comment.as_ref(), Some(&comments[0].location));
    assert_eq!(
        notes(results.waivers.as_ref().unwrap()),
        [
            "note: the comment at main.tf:20 waives nothing: nothing under it fails rule `DBK-RET-001`, which waiver \
             `W-1` is for",
            "note: the comment at main.tf:30 waives nothing: it does not stand directly above a block or an attribute",
            "note: the comment at main.tf:40 waives nothing: the waiver file has no waiver `W-2`; did you mean `W-1`?",
            "note: the comment at main.tf:50 waives nothing: it names no waiver",
        ]
    );
    let mut hostile = comments[3].clone();
    hostile.location.file = "a\u{1b}[31m.tf".into();
    let told = waived(&text, as_of, &WaiverLimits::default(), Some(&[hostile]));
    assert!(!notes(told.waivers.as_ref().unwrap()).concat().contains('\u{1b}'));
    let expired = waived(&text, "2027-03-01T00:00:00Z", &WaiverLimits::default(), Some(&comments));
    assert_eq!(names(&expired), [""; 0]);
    assert_eq!(
        expired.waivers.as_ref().unwrap().idle_comments[0].problem.as_ref(),
        "waiver `W-1` expired on 2027-01-31"
    );
}

#[test]
fn a_waiver_that_asks_for_a_comment_waives_nothing_without_source() {
    let results = today(&selecting("source_comment: required"));
    assert_eq!(names(&results), [""; 0]);
    assert_eq!(uses(&results)[0].remarks, [WaiverRemark::NoSource]);
    let read =
        waived(&selecting("source_comment: required"), "2026-11-22T00:00:00Z", &WaiverLimits::default(), Some(&[]));
    assert_eq!(uses(&read)[0].remarks, [WaiverRemark::Unused]);
}

#[test]
fn a_selector_and_a_comment_must_both_match() {
    let text = selecting("resource: aws_db_instance.a\n    source_comment: required");
    let results = waived(
        &text,
        "2026-11-22T00:00:00Z",
        &WaiverLimits::default(),
        Some(&[comment("W-1", 3, Some(vec![(5, 0), (5, 1)])), comment("W-1", 9, Some(vec![(5, 2)]))]),
    );
    assert_eq!(names(&results), ["aws_db_instance.a"]);
    assert_eq!(
        results.waivers.as_ref().unwrap().idle_comments[0].problem.as_ref(),
        "waiver `W-1` is for other resources"
    );
}
