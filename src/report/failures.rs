//! Findings in the order in which a person reads them: the worst severity first, then by rule, alike ones together.

use std::cmp::Reverse;

use crate::model::{Finding, Outcome, Results, Rule, RuleVerdicts, Verdict};

/// The findings of one rule and one verdict.
pub(super) struct OfRule<'a> {
    /// The rule.
    pub(super) rule: &'a Rule,
    /// Its outcomes of the wanted verdict, with how many resources show each; in the order of first appearance.
    pub(super) outcomes: Vec<Group<'a>>,
}

/// The resources that share an outcome.
pub(super) struct Group<'a> {
    /// The outcome.
    pub(super) outcome: &'a Outcome,
    /// How many resources show it.
    pub(super) count: usize,
    /// Its position among the rule's outcomes.
    position: u32,
    of_rule: &'a RuleVerdicts,
    results: &'a Results,
}

impl OfRule<'_> {
    /// How many findings.
    pub(super) fn count(&self) -> usize {
        self.outcomes.iter().map(|group| group.count).sum()
    }
}

impl<'a> Group<'a> {
    /// The findings, by resource.
    pub(super) fn findings(&self) -> impl Iterator<Item = Finding<'a>> + use<'a> {
        let (position, of_rule, results, outcome) = (self.position, self.of_rule, self.results, self.outcome);
        of_rule
            .verdicts
            .iter()
            .filter(move |(_, outcome)| *outcome == position)
            .filter_map(move |(resource, _)| finding(results, of_rule, *resource, outcome))
    }
}

/// The rules that have the verdict, the worst first; counted, with no finding made yet.
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
    if !of_rule.outcomes.iter().any(|outcome| outcome.verdict == verdict) {
        return Vec::new();
    }
    let mut counts = vec![0; of_rule.outcomes.len()];
    for (_, outcome) in &of_rule.verdicts {
        if let Some(count) = counts.get_mut(*outcome as usize) {
            *count += 1;
        }
    }
    let numbered = of_rule.outcomes.iter().zip(counts).zip(0u32..);
    numbered
        .filter(|((outcome, count), _)| outcome.verdict == verdict && *count > 0)
        .map(|((outcome, count), position)| Group { outcome, count, position, of_rule, results })
        .collect()
}

/// One verdict with everything that a report needs to show it.
pub(super) fn finding<'a>(
    results: &'a Results,
    of_rule: &'a RuleVerdicts,
    resource: u32,
    outcome: &'a Outcome,
) -> Option<Finding<'a>> {
    let assignment = results.assignments.get(resource as usize)?;
    Some(Finding {
        rule: results.rules.get(of_rule.rule)?,
        resource: results.resources.get(resource as usize)?,
        tier: results.tiers.get(assignment.tier as usize)?,
        tier_reason: &assignment.reason,
        outcome,
    })
}
