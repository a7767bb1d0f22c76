//! What a run shows of controls: never more than was tested.

use std::collections::BTreeMap;

use super::*;
use crate::baseline;
use crate::evaluate::{Options, evaluate};
use crate::model::{ControlReport, ControlStatus, FrameworkReport, Inventory, Results, Severity, Tier, Value};
use crate::report::testing;

/// Results of one rule on two tiers, with this many of each verdict in the order of `Verdict::ALL`, tier by tier.
fn results(id: &str, verdicts: [[usize; 6]; 2], parameters: [&[(&str, Value)]; 2]) -> Results {
    use crate::model::{Outcome, RuleVerdicts, Verdict};
    let mut results = testing::nothing();
    let rule = rules().into_iter().find(|rule| *rule.id == *id).unwrap();
    results.rules = vec![rule];
    results.tiers = ["high", "low"]
        .iter()
        .zip(parameters)
        .map(|(name, parameters)| Tier {
            name: (*name).into(),
            description: "".into(),
            parameters: parameters.iter().map(|(name, value)| ((*name).into(), value.clone())).collect(),
            severity: Default::default(),
        })
        .collect();
    let outcome =
        |verdict: &Verdict| Outcome { verdict: *verdict, messages: Vec::new(), waived_by: None, facts: Vec::new() };
    let mut of_rule =
        RuleVerdicts { rule: 0, outcomes: Verdict::ALL.iter().map(outcome).collect(), verdicts: Vec::new() };
    let sample = testing::everything().resources[0].clone();
    for (tier, numbers) in (0u16..).zip(verdicts) {
        for (outcome, number) in (0u32..).zip(numbers) {
            for _ in 0..number {
                of_rule.verdicts.push((results.resources.len() as u32, outcome));
                results.resources.push(sample.clone());
                results.assignments.push(crate::model::TierAssignment { tier, reason: "".into() });
            }
        }
    }
    results.verdicts = vec![of_rule];
    results
}

const DAYS: &str = "min_backup_retention_days";
const HIGH: &[(&str, Value)] = &[(DAYS, Value::Integer(30))];
const LOW: &[(&str, Value)] = &[(DAYS, Value::Integer(7))];

/// The first control of `GOOD` with one rule, which asks for 30 days.
fn control(verdicts: [[usize; 6]; 2], parameters: [&[(&str, Value)]; 2]) -> ControlReport {
    let text = GOOD.replace("DBK-RET-001, DBK-RET-002", "DBK-RET-001");
    let framework = parse("own.yaml", &text, &rules()).unwrap();
    framework.report(&results("DBK-RET-001", verdicts, parameters)).controls.remove(0)
}

/// Pass, fail, unknown, error, waived, not applicable.
const NONE: [usize; 6] = [0; 6];

fn status(verdicts: [usize; 6]) -> ControlStatus {
    control([verdicts, NONE], [HIGH, HIGH]).status
}

#[test]
fn one_failure_weighs_more_than_what_is_not_known_and_that_more_than_passes() {
    assert_eq!(status([1, 0, 0, 0, 0, 0]), ControlStatus::Satisfied);
    assert_eq!(status([1, 0, 0, 0, 0, 1]), ControlStatus::Satisfied);
    assert_eq!(status([9, 1, 9, 9, 9, 9]), ControlStatus::NotSatisfied);
    assert_eq!(status([9, 0, 1, 0, 0, 0]), ControlStatus::Unknown);
    assert_eq!(status([9, 0, 0, 1, 0, 0]), ControlStatus::Unknown);
    assert_eq!(status([0, 0, 0, 0, 0, 9]), ControlStatus::NotTested);
    assert_eq!(status(NONE), ControlStatus::NotTested);
}

#[test]
fn a_waived_failure_does_not_satisfy_a_control() {
    assert_eq!(status([9, 0, 0, 0, 1, 0]), ControlStatus::NotSatisfied);
}

#[test]
fn a_lower_bar_loses_the_badge_and_says_so() {
    let report = control([[5, 0, 0, 0, 0, 0], [3, 0, 0, 0, 0, 2]], [HIGH, LOW]);
    assert_eq!((report.counts.pass, report.counts.not_applicable, report.below_bar), (5, 0, 5));
    assert_eq!(report.status, ControlStatus::Unknown);
    let lost: Vec<String> = report.lost.iter().map(ToString::to_string).collect();
    assert_eq!(lost, ["DBK-RET-001 in low: min_backup_retention_days is 7, Own asks at least 30"]);
}

#[test]
fn what_fails_a_lower_bar_fails_the_framework_too() {
    let report = control([NONE, [3, 1, 0, 0, 0, 0]], [HIGH, LOW]);
    assert_eq!((report.counts.pass, report.counts.fail, report.below_bar), (0, 1, 3));
    assert_eq!(report.status, ControlStatus::NotSatisfied);
}

#[test]
fn nothing_but_passes_under_a_lower_bar_tests_nothing() {
    let report = control([NONE, [3, 0, 0, 0, 0, 0]], [HIGH, LOW]);
    assert_eq!((report.status, report.below_bar), (ControlStatus::NotTested, 3));
}

#[test]
fn a_tier_without_databases_loses_nothing_in_a_run() {
    assert_eq!(control([[3, 0, 0, 0, 0, 0], NONE], [HIGH, LOW]).lost, []);
}

#[test]
fn a_rule_that_the_baseline_does_not_use_gives_no_evidence() {
    let framework = parse("own.yaml", GOOD, &rules()).unwrap();
    let report = framework.report(&results("DBK-RET-001", [[1, 0, 0, 0, 0, 0], NONE], [HIGH, HIGH]));
    let by_id = |id: &str| report.controls.iter().find(|control| &*control.id == id).unwrap();
    assert_eq!(by_id("DB-1").lost[0].to_string(), "DBK-RET-002: baseline `standard` does not use it");
    assert_eq!(by_id("DB-1").status, ControlStatus::Satisfied);
    // What was to be tested by one rule only is tested by none.
    assert_eq!((by_id("DB-2").assessment, by_id("DB-2").status), (Assessment::Manual, ControlStatus::NotTested));
    assert_eq!((by_id("DB-3").assessment, by_id("DB-3").status), (Assessment::Manual, ControlStatus::NotTested));
}

#[test]
fn only_types_that_a_control_is_about_are_counted() {
    let parameters: &[(&str, Value)] = &[("require_multi_az", Value::Bool(true))];
    let mut results = results("DBK-AVA-002", [[2, 0, 0, 0, 0, 0], NONE], [parameters, parameters]);
    results.resources[1].resource_type = "aws_docdb_cluster";
    let report = parse("own.yaml", GOOD, &rules()).unwrap().report(&results);
    assert_eq!(report.controls[1].counts.pass, 1);
}

/// What the standard baseline keeps of a framework, by tier, without any resource.
fn lost(id: &str) -> BTreeMap<String, Vec<String>> {
    let rules = rules();
    let baseline = baseline::load("standard", &|_| unreachable!(), &rules).unwrap();
    let framework = load(id, &|_| unreachable!(), &rules).unwrap();
    let lost = |control: &Control| {
        framework.lost(control, &baseline, "2026-11-22", &rules).iter().map(ToString::to_string).collect()
    };
    framework.controls.iter().map(|control| (control.id.to_string(), lost(control))).collect()
}

#[test]
fn the_standard_baseline_keeps_multi_az_in_all_tiers_but_the_third() {
    let lost = lost("cis-aws-5.0");
    assert_eq!(lost["2.2.1"], Vec::<String>::new());
    assert_eq!(
        lost["2.2.4"],
        ["DBK-AVA-002 in tier-3: require_multi_az is false, CIS Amazon Web Services Foundations Benchmark asks true"]
    );
}

#[test]
fn nothing_that_was_judged_means_nothing_that_was_tested() {
    let policies = crate::policy::load_embedded().unwrap();
    let rules = rules();
    let baseline = baseline::load("standard", &|_| unreachable!(), &rules).unwrap();
    let options = Options { as_of: "2026-11-22T06:00:00Z".into(), fail_on: Severity::High };
    let results = evaluate(Inventory::default(), &policies, &baseline, &options);
    for (id, _) in EMBEDDED {
        let report: FrameworkReport = load(id, &|_| unreachable!(), &rules).unwrap().report(&results);
        assert!(report.controls.iter().all(|control| control.status == ControlStatus::NotTested), "{id}");
    }
}
