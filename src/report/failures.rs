//! Findings in the order in which a person reads them: the worst severity first, then by rule, alike ones together.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::{Finding, Outcome, Results, Rule, RuleVerdicts, Verdict};

/// The findings of one rule and one verdict.
pub(super) struct OfRule<'a> {
    /// The rule.
    pub(super) rule: &'a Rule,
    /// Its outcomes of the wanted verdict, in the order of first appearance.
    pub(super) outcomes: Vec<Group<'a>>,
}

/// The resources that share an outcome.
pub(super) struct Group<'a> {
    /// The outcome.
    pub(super) outcome: &'a Outcome,
    // INVARIANT: ascending.
    resources: Vec<u32>,
    of_rule: &'a RuleVerdicts,
    results: &'a Results,
}

impl OfRule<'_> {
    /// How many findings.
    pub(super) fn count(&self) -> usize {
        self.outcomes.iter().map(Group::count).sum()
    }
}

impl<'a> Group<'a> {
    /// How many resources show the outcome.
    pub(super) fn count(&self) -> usize {
        self.resources.len()
    }

    /// The findings, by resource; made one by one, as somebody asks for them.
    pub(super) fn findings(&self) -> impl Iterator<Item = Finding<'a>> + '_ {
        self.resources.iter().filter_map(|resource| self.results.finding(self.of_rule.rule, *resource, self.outcome))
    }
}

/// The rules that have the verdict, the worst first; no finding is made yet.
pub(super) fn by_rule(results: &Results, verdict: Verdict) -> Vec<OfRule<'_>> {
    let mut rules: Vec<OfRule<'_>> = results
        .verdicts
        .iter()
        .filter_map(|of_rule| {
            let rule = results.rules.get(of_rule.rule)?;
            let outcomes = groups(results, of_rule, verdict);
            (!outcomes.is_empty()).then_some(OfRule { rule, outcomes })
        })
        .collect();
    rules.sort_by_key(|of_rule| Reverse(of_rule.rule.severity));
    rules
}

fn groups<'a>(results: &'a Results, of_rule: &'a RuleVerdicts, verdict: Verdict) -> Vec<Group<'a>> {
    let wanted = |outcome: &Outcome| outcome.verdict == verdict;
    if !of_rule.outcomes.iter().any(wanted) {
        return Vec::new();
    }
    let group = |outcome| Group { outcome, resources: Vec::new(), of_rule, results };
    let mut groups: Vec<Group<'_>> = of_rule.outcomes.iter().map(group).collect();
    for (resource, outcome) in &of_rule.verdicts {
        if let Some(group) = groups.get_mut(*outcome as usize).filter(|group| wanted(group.outcome)) {
            group.resources.push(*resource);
        }
    }
    groups.retain(|group| !group.resources.is_empty());
    groups
}

/// What a rule said instead of a verdict, and how often.
pub(super) struct Reason<'a> {
    /// How many verdicts.
    pub(super) count: usize,
    /// The rule.
    pub(super) rule: &'a Rule,
    /// What it said.
    pub(super) text: String,
}

/// The reasons for a verdict, by rule; the most frequent first.
pub(super) fn reasons(results: &Results, verdict: Verdict) -> Vec<Reason<'_>> {
    let mut counts: BTreeMap<(&str, String), Reason<'_>> = BTreeMap::new();
    for of_rule in by_rule(results, verdict) {
        for group in of_rule.outcomes {
            let text = group.outcome.messages.join("; ");
            let reason = counts.entry((&of_rule.rule.id, text.clone()));
            reason.or_insert(Reason { count: 0, rule: of_rule.rule, text }).count += group.count();
        }
    }
    let mut reasons: Vec<Reason<'_>> = counts.into_values().collect();
    reasons.sort_by_key(|reason| Reverse(reason.count));
    reasons
}
