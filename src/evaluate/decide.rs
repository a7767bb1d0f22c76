//! One verdict: from the states of the facts that a rule reads to an outcome, by the table of the design.

use std::sync::Arc;

use crate::model::{FactPath, FactState, Rule, Unknown, Value, Verdict};
use crate::policy::{Data, Judge, Policy};

/// Decides for one rule.
pub(super) struct Decider<'a> {
    rule: &'a Rule,
    judge: Judge<'a>,
}

/// What a state means for a rule that reads it.
enum Reading<'a> {
    /// The rule sees the value.
    Value(&'a Value),
    /// The rule sees the part that is known; why there is more.
    Part(&'a Value, &'a Unknown),
    /// The rule sees nothing, and can do without.
    Absent,
    /// The rule has no meaning here; why.
    Missing(Arc<str>),
    /// The rule cannot be decided; why.
    Unknown(Arc<str>),
}

impl<'a> Decider<'a> {
    pub(super) fn new(policy: &'a Policy, data: &'a [Data]) -> Self {
        Self { rule: &policy.rule, judge: policy.judge(data) }
    }

    /// What the rule says of a resource of a tier; `states` are those of `Rule::reads`, in that order.
    pub(super) fn decide(&mut self, tier: usize, states: &[FactState]) -> (Verdict, Vec<Arc<str>>) {
        let (verdict, mut messages) = self.verdict(tier, states);
        messages.sort();
        messages.dedup();
        (verdict, messages)
    }

    fn verdict(&mut self, tier: usize, states: &[FactState]) -> (Verdict, Vec<Arc<str>>) {
        let readings: Vec<Reading<'_>> =
            self.rule.reads.iter().zip(states).map(|(path, state)| reading(self.rule, path, state)).collect();
        if let Some(reasons) = reasons(&readings, |reading| match reading {
            Reading::Missing(reason) => Some(reason),
            _ => None,
        }) {
            return (Verdict::NotApplicable, reasons);
        }
        if let Some(reasons) = reasons(&readings, |reading| match reading {
            Reading::Unknown(reason) => Some(reason),
            _ => None,
        }) {
            return self.unless_inapplicable(tier, &readings, (Verdict::Unknown, reasons));
        }
        self.evaluated(tier, &readings)
    }

    /// Whether a rule applies may be known although its verdict is not: a rule about Aurora MySQL's audit log has no meaning
    /// for PostgreSQL, whatever the parameters are.
    fn unless_inapplicable(
        &mut self,
        tier: usize,
        readings: &[Reading<'_>],
        otherwise: (Verdict, Vec<Arc<str>>),
    ) -> (Verdict, Vec<Arc<str>>) {
        let Some(needed) = &self.rule.applicability else { return otherwise };
        let read = || self.rule.reads.iter().zip(readings).filter(|(path, _)| needed.contains(path));
        if !read().all(|(_, reading)| matches!(reading, Reading::Value(_) | Reading::Absent)) {
            return otherwise;
        }
        let values = read().map(|(path, reading)| match reading {
            Reading::Value(value) => (path, Some(*value)),
            _ => (path, None),
        });
        match self.judge.applicability(tier, values) {
            Ok(messages) if messages.is_empty() => otherwise,
            Ok(messages) => (Verdict::NotApplicable, messages),
            Err(error) => (Verdict::Error, vec![error.into()]),
        }
    }

    fn evaluated(&mut self, tier: usize, readings: &[Reading<'_>]) -> (Verdict, Vec<Arc<str>>) {
        let values = readings.iter().map(|reading| match reading {
            Reading::Value(value) | Reading::Part(value, _) => Some(*value),
            _ => None,
        });
        let judgement = match self.judge.judge(tier, self.rule.reads.iter().zip(values)) {
            Ok(judgement) => judgement,
            Err(error) => return (Verdict::Error, vec![error.into()]),
        };
        if !judgement.not_applicable.is_empty() {
            return (Verdict::NotApplicable, judgement.not_applicable);
        }
        if !judgement.violations.is_empty() {
            return (Verdict::Fail, judgement.violations);
        }
        let unseen = self.rule.reads.iter().zip(readings).filter_map(|(path, reading)| match reading {
            Reading::Part(_, why) => Some(format!("{path} is known only in part: {why}").into()),
            _ => None,
        });
        let unseen: Vec<Arc<str>> = unseen.collect();
        if unseen.is_empty() { (Verdict::Pass, unseen) } else { (Verdict::Unknown, unseen) }
    }
}

fn reasons<'r>(
    readings: &'r [Reading<'_>],
    reason: impl Fn(&'r Reading<'_>) -> Option<&'r Arc<str>>,
) -> Option<Vec<Arc<str>>> {
    let reasons: Vec<Arc<str>> = readings.iter().filter_map(reason).cloned().collect();
    (!reasons.is_empty()).then_some(reasons)
}

fn reading<'a>(rule: &Rule, path: &FactPath, state: &'a FactState) -> Reading<'a> {
    match state {
        FactState::Known(value) => Reading::Value(value),
        FactState::Partial(value, why) if rule.monotone.contains(path) => Reading::Part(value, why),
        FactState::Partial(_, why) => Reading::Unknown(format!("{path} is known only in part: {why}").into()),
        FactState::Unknown(why) => Reading::Unknown(unknown_reason(path, why)),
        FactState::Missing(_) if rule.optional.contains(path) => Reading::Absent,
        FactState::Missing(why) => Reading::Missing(format!("{path}: {why}").into()),
    }
}

/// `multi_az is known after apply`; `multi_az: permission denied: rds:DescribeDBInstances`.
fn unknown_reason(path: &FactPath, why: &Unknown) -> Arc<str> {
    match why {
        Unknown::Denied(_) => format!("{path}: {why}").into(),
        _ => format!("{path} is {why}").into(),
    }
}
