//! One verdict: from the states of the facts that a rule reads to an outcome, by the table of the design.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::model::{FactPath, FactState, Rule, Unknown, Value, Verdict};
use crate::policy::{Data, Judge, Judgement, Policy};

/// Decides for one rule.
pub(super) struct Decider<'a> {
    rule: &'a Rule,
    judge: Judge<'a>,
    /// Whether each of `Rule::reads` decides if the rule applies; `None` for a rule that always does.
    needed: Option<Vec<bool>>,
    /// Why the rule does not apply, by the tier and the classes of what decides that.
    inapplicable: FxHashMap<Vec<u32>, Told>,
}

/// What a rule says, or the error that it raised.
type Told = Result<Vec<Arc<str>>, String>;

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
        let rule = policy.rule.as_ref();
        let needed = rule.applicability.as_ref();
        let needed = needed.map(|needed| rule.reads.iter().map(|path| needed.contains(path)).collect());
        Self { rule, judge: policy.judge(data), needed, inapplicable: FxHashMap::default() }
    }

    /// What the rule says of a resource of a tier; `states` are those of `Rule::reads`, in that order, and `classes` tell them
    /// from others.
    pub(super) fn decide(&mut self, tier: usize, classes: &[u32], states: &[FactState]) -> (Verdict, Vec<Arc<str>>) {
        let (verdict, mut messages) = self.verdict(tier, classes, states);
        messages.sort();
        messages.dedup();
        (verdict, messages)
    }

    fn verdict(&mut self, tier: usize, classes: &[u32], states: &[FactState]) -> (Verdict, Vec<Arc<str>>) {
        let readings: Vec<Reading<'_>> =
            self.rule.reads.iter().zip(states).map(|(path, state)| reading(self.rule, path, state)).collect();
        if let Some(reasons) = reasons(&readings, |reading| match reading {
            Reading::Missing(reason) => Some(reason),
            _ => None,
        }) {
            return (Verdict::NotApplicable, reasons);
        }
        let unknown = reasons(&readings, |reading| match reading {
            Reading::Unknown(reason) => Some(reason),
            _ => None,
        });
        let applies = match self.inapplicable(tier, classes, &readings, unknown.is_some()) {
            Some(Err(error)) => return (Verdict::Error, vec![error.into()]),
            Some(Ok(messages)) if !messages.is_empty() => return (Verdict::NotApplicable, messages),
            told => told.is_some(),
        };
        match unknown {
            Some(reasons) => (Verdict::Unknown, reasons),
            None => self.evaluated(tier, &readings, applies),
        }
    }

    /// Why the rule does not apply, which may be known although its verdict is not: a rule about Aurora MySQL's audit log has
    /// no meaning for PostgreSQL, whatever the parameters are. It is asked once for all that are alike in what decides it.
    /// `None` where it cannot be told by itself, or where asking it with all the rest is cheaper.
    fn inapplicable(
        &mut self,
        tier: usize,
        classes: &[u32],
        readings: &[Reading<'_>],
        is_unknown: bool,
    ) -> Option<Told> {
        let Self { rule, judge, needed, inapplicable } = self;
        let needed = needed.as_ref()?;
        if !is_unknown && needed.iter().all(|needed| *needed) {
            return None;
        }
        let of_needed = || needed.iter().enumerate().filter(|(_, needed)| **needed).map(|(index, _)| index);
        let read = || of_needed().filter_map(|index| Some((rule.reads.get(index)?, readings.get(index)?)));
        if !read().all(|(_, reading)| matches!(reading, Reading::Value(_) | Reading::Absent)) {
            return None;
        }
        let alike = of_needed().filter_map(|index| classes.get(index).copied()).chain([tier as u32]).collect();
        let told = inapplicable.entry(alike).or_insert_with(|| {
            let values = read().map(|(path, reading)| match reading {
                Reading::Value(value) => (path, Some(*value)),
                _ => (path, None),
            });
            judge.applicability(tier, values)
        });
        Some(told.clone())
    }

    /// What is violated; whether the rule applies is asked too, unless it is known that it does.
    fn evaluated(&mut self, tier: usize, readings: &[Reading<'_>], applies: bool) -> (Verdict, Vec<Arc<str>>) {
        let values = readings.iter().map(|reading| match reading {
            Reading::Value(value) | Reading::Part(value, _) => Some(*value),
            _ => None,
        });
        let values = self.rule.reads.iter().zip(values);
        let judgement = match applies {
            true => {
                self.judge.violations(tier, values).map(|violations| Judgement { violations, ..Default::default() })
            }
            false => self.judge.judge(tier, values),
        };
        let judgement = match judgement {
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
