//! What the rules' own tests prove: not by their names, but by what the rule says of the inputs that they set.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value as Json;

use super::*;
use crate::policy::cases::Case;

/// What a rule says of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Passes,
    Fails,
    DoesNotApply,
}

/// The inputs of a rule's tests, with what it says of each.
fn said(policy: &Policy, test: &PolicyFile) -> Vec<(Case, Said)> {
    let cases = cases::cases(&syntax::parse(test).unwrap_or_else(|problem| panic!("{problem}")));
    let say = |case: Case| {
        let data = [Data(case.data.clone().into())];
        let input: regorus::Value = case.input.clone().into();
        let judged = Evaluator::new(&policy.compiled, &data).by_interpreter(0, &input, Question::Everything).ok()?;
        let said = match (judged.not_applicable.is_empty(), judged.violations.is_empty()) {
            (false, _) => Said::DoesNotApply,
            (true, false) => Said::Fails,
            (true, true) => Said::Passes,
        };
        Some((case, said))
    };
    cases.into_iter().flatten().filter_map(say).collect()
}

#[test]
fn every_rule_has_tests_in_which_it_passes_fails_does_not_apply_and_turns_at_its_threshold() {
    let files = embedded();
    let mut unproven = Vec::new();
    for policy in load(&files).unwrap().iter() {
        let rule = &policy.rule;
        let test = rule.path.replace(".rego", "_test.rego");
        let said = said(policy, files.iter().find(|file| *file.path == *test).unwrap());
        let mut lacks = |what: &str| unproven.push(format!("{test}: no test in which the rule {what}"));
        let is_there = |wanted: Said| said.iter().any(|(_, said)| *said == wanted);
        if !is_there(Said::Fails) {
            lacks("fails");
        }
        if !is_there(Said::Passes) {
            lacks("passes");
        }
        if rule.applicability.is_some() && !is_there(Said::DoesNotApply) {
            lacks("does not apply");
        }
        let has_threshold = rule.parameters.values().any(|of| of.ty == ParameterType::Integer);
        if has_threshold && !turns(&said) {
            lacks("turns: two inputs that differ by one, a day or a bit, and are judged differently");
        }
    }
    assert!(unproven.is_empty(), "\n{}", unproven.join("\n"));
}

/// Whether two inputs are as near to each other as can be, on either side of the threshold.
fn turns(said: &[(Case, Said)]) -> bool {
    let leaves: Vec<(BTreeMap<String, Json>, Said)> = said.iter().map(|(case, said)| (leaves(case), *said)).collect();
    let of = |wanted: Said| leaves.iter().filter(move |(_, said)| *said == wanted);
    of(Said::Fails).any(|(fails, _)| of(Said::Passes).any(|(passes, _)| are_neighbours(fails, passes)))
}

fn are_neighbours(one: &BTreeMap<String, Json>, other: &BTreeMap<String, Json>) -> bool {
    if !one.keys().eq(other.keys()) {
        return false;
    }
    let mut different = one.iter().filter(|(path, value)| other.get(*path) != Some(value));
    let (Some((path, value)), None) = (different.next(), different.next()) else { return false };
    is_near(value, &other[path])
}

fn is_near(one: &Json, other: &Json) -> bool {
    const DAY: i64 = 24 * 60 * 60;
    match (one, other) {
        (Json::Number(one), Json::Number(other)) => {
            one.as_i64().zip(other.as_i64()).is_some_and(|(one, other)| one.abs_diff(other) == 1)
        }
        (Json::String(one), Json::String(other)) => {
            let are_days = || seconds(one).zip(seconds(other)).is_some_and(|(one, other)| (one - other).abs() <= DAY);
            let are_ranges = || prefix(one).zip(prefix(other)).is_some_and(|(one, other)| one.abs_diff(other) == 1);
            are_days() || are_ranges()
        }
        _ => false,
    }
}

/// The length of an address range's prefix.
fn prefix(range: &str) -> Option<u8> {
    range.split_once('/')?.1.parse().ok()
}

/// A moment, or the first one of a day.
fn seconds(text: &str) -> Option<i64> {
    let moment = text.parse::<Timestamp>().ok();
    let day = || text.parse::<Date>().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|day| day.timestamp());
    moment.or_else(day).map(Timestamp::as_second)
}

/// Every value of an input and of its parameters, by path; what a tier is called matters to messages only.
fn leaves(case: &Case) -> BTreeMap<String, Json> {
    let mut leaves = BTreeMap::new();
    add("input", &case.input, &mut leaves);
    add("data", &case.data, &mut leaves);
    leaves.retain(|path, _| path != "data.baseline.tier");
    leaves
}

fn add(path: &str, value: &Json, leaves: &mut BTreeMap<String, Json>) {
    match value {
        Json::Object(fields) => fields.iter().for_each(|(name, value)| add(&format!("{path}.{name}"), value, leaves)),
        Json::Array(items) => {
            items.iter().enumerate().for_each(|(at, value)| add(&format!("{path}.{at}"), value, leaves));
        }
        other => drop(leaves.insert(path.to_owned(), other.clone())),
    }
}
