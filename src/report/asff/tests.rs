use std::sync::Arc;

use serde_json::Value as Json;

use super::{MAX_DESCRIPTION, MAX_TITLE};
use crate::model::{Results, Verdict};
use crate::report::Format;
use crate::report::testing::{audited, drifted, everything, nothing, render};

fn findings(results: &Results) -> Vec<Json> {
    serde_json::from_str(&render("asff", results)).unwrap()
}

/// Everything, in an account that is known.
fn in_an_account() -> Results {
    let mut results = everything();
    for resource in &mut results.resources {
        resource.scope.account = Some("111122223333".into());
    }
    results
}

fn left_out(results: &Results) -> Option<String> {
    "asff".parse::<Format>().unwrap().left_out(results)
}

#[test]
fn everything_at_once() {
    insta::assert_snapshot!(render("asff", &in_an_account()));
}

#[test]
fn everything_drifted() {
    insta::assert_snapshot!(render("asff", &drifted()));
}

#[test]
fn nothing_at_all_is_an_empty_array() {
    assert_eq!(render("asff", &nothing()), "[\n]\n");
    assert_eq!(left_out(&nothing()), None);
}

#[test]
fn what_has_no_account_is_left_out_and_counted() {
    let results = audited();
    let told = findings(&results).len();
    let is_known = |finding: &Json| finding["AwsAccountId"].as_str().is_some_and(|account| account.len() == 12);
    assert!(told > 0 && findings(&results).iter().all(is_known));
    let said = left_out(&results).unwrap();
    let drifts = results.drift.drifts.iter().filter(|drift| super::super::siem::is_told(drift)).count();
    let all = results.counts().total() + drifts;
    assert!(said.starts_with(&format!("asff leaves out {} of {all} findings", all - told)), "{said}");
    let mut whole = in_an_account();
    whole.drift = nothing().drift;
    assert_eq!((findings(&whole).len(), left_out(&whole)), (whole.counts().total(), None));
}

#[test]
fn what_is_no_account_or_no_region_is_none() {
    for (account, region) in [("11112222333٣", "eu-west-1"), ("111122223333", "eu-west-1/../x"), ("x", ""), ("", "-")]
    {
        let mut results = in_an_account();
        results.drift = nothing().drift;
        for resource in &mut results.resources {
            (resource.scope.account, resource.scope.region) = (Some(account.into()), Some(region.into()));
        }
        assert_eq!(findings(&results), Vec::<Json>::new(), "{account} {region}");
    }
}

#[test]
fn a_waived_finding_is_suppressed_with_who_accepted_it() {
    let results = in_an_account();
    let findings = findings(&results);
    let waived: Vec<&Json> = findings.iter().filter(|finding| finding["Workflow"]["Status"] == "SUPPRESSED").collect();
    assert_eq!(waived.len(), results.findings(&[Verdict::Waived]).count());
    assert!(waived.iter().all(|finding| finding["Compliance"]["Status"] == "FAILED"));
    assert!(waived.iter().any(|finding| finding["Note"]["UpdatedBy"] == "Ada"));
}

#[test]
fn a_severity_stands_where_a_later_import_may_change_it() {
    for finding in findings(&in_an_account()) {
        assert_eq!(finding["FindingProviderFields"]["Severity"], finding["Severity"]);
        assert_eq!(finding["FindingProviderFields"]["Types"], finding["Types"]);
    }
}

#[test]
fn long_texts_are_cut_by_characters_to_what_the_service_takes() {
    let mut results = in_an_account();
    for of_rule in &mut results.verdicts {
        for outcome in &mut of_rule.outcomes {
            outcome.messages = vec!["ä".repeat(5_000).into()];
        }
    }
    for rule in &mut results.rules {
        let mut long = rule.as_ref().clone();
        long.title = "日".repeat(400).into();
        *rule = Arc::new(long);
    }
    for finding in findings(&results) {
        if finding["GeneratorId"].as_str().unwrap().starts_with("dbkeel/DBK-DRIFT") {
            continue;
        }
        let length = |name: &str| finding[name].as_str().unwrap().chars().count();
        assert_eq!((length("Title"), length("Description")), (MAX_TITLE, MAX_DESCRIPTION));
    }
}
