//! Findings in the order in which a person reads them: the worst severity first, then by rule, alike ones together.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::part::{OfPart, Part};
use crate::model::{Finding, Outcome, Results, Rule, RuleVerdicts, Severity, Stood, Verdict};

/// The findings of one rule, one verdict and one severity.
pub(super) struct OfRule<'a> {
    /// The rule.
    pub(super) rule: &'a Rule,
    /// How much they matter: tiers may tell a rule's failures apart.
    pub(super) severity: Severity,
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
    by_rule_in(&Part::whole(results), verdict)
}

/// The rules that fail, the worst first; where only what a plan makes worse is asked for, without what stood before it.
pub(super) fn new_or_worse(results: &Results) -> Vec<OfRule<'_>> {
    new_or_worse_in(&Part::whole(results))
}

/// The same in a part of a run.
pub(super) fn new_or_worse_in<'a>(part: &Part<'a>) -> Vec<OfRule<'a>> {
    let failures = by_rule_in(part, Verdict::Fail);
    if part.results.standing.is_none() { failures } else { parted(failures, false) }
}

/// The rules whose failures stood before the plan that was judged, the worst first; none where nobody asked.
pub(super) fn stood_before<'a>(part: &Part<'a>) -> Vec<OfRule<'a>> {
    match part.results.standing {
        None => Vec::new(),
        Some(_) => parted(by_rule_in(part, Verdict::Fail), true),
    }
}

/// Those of the findings that stood before, or the others.
fn parted<'a>(rules: Vec<OfRule<'a>>, stood: bool) -> Vec<OfRule<'a>> {
    let of_group = |mut group: Group<'a>| {
        let (standing, rule) = (group.results.standing.as_ref(), group.of_rule.rule);
        group
            .resources
            .retain(|resource| standing.is_some_and(|standing| standing.of(rule, *resource) == Stood::Before) == stood);
        group
    };
    let of_rule = |of_rule: OfRule<'a>| {
        let outcomes: Vec<_> = of_rule.outcomes.into_iter().map(of_group).filter(|group| group.count() > 0).collect();
        (!outcomes.is_empty()).then_some(OfRule { outcomes, ..of_rule })
    };
    rules.into_iter().filter_map(of_rule).collect()
}

/// How many findings the rules have.
pub(super) fn count_of(rules: &[OfRule<'_>]) -> usize {
    rules.iter().map(OfRule::count).sum()
}

/// The rules that have the verdict in a part of a run, the worst first.
pub(super) fn by_rule_in<'a>(part: &Part<'a>, verdict: Verdict) -> Vec<OfRule<'a>> {
    let results = part.results;
    let of_rule = |of_part: &OfPart<'a>| -> Vec<OfRule<'a>> {
        let Some(rule) = results.rules.get(of_part.of_rule.rule) else { return Vec::new() };
        by_severity(results, rule, groups(results, of_part, verdict))
    };
    let rules: Vec<Vec<OfRule<'_>>> = part.verdicts.par_iter().map(of_rule).collect();
    let mut rules: Vec<OfRule<'_>> = rules.into_iter().flatten().collect();
    rules.sort_by_key(|of_rule| Reverse(of_rule.severity));
    rules
}

/// Splits the findings of a rule by what they matter in the tiers of their resources.
fn by_severity<'a>(results: &Results, rule: &'a Rule, outcomes: Vec<Group<'a>>) -> Vec<OfRule<'a>> {
    let of_tiers = results.severities(rule);
    let mut severities = of_tiers.clone();
    severities.sort_unstable();
    severities.dedup();
    if let [severity] = severities.as_slice() {
        let of_rule = OfRule { rule, severity: *severity, outcomes };
        return if of_rule.outcomes.is_empty() { Vec::new() } else { vec![of_rule] };
    }
    let matters = |resource: u32| {
        let tier = results.assignments.get(resource as usize).map(|assignment| assignment.tier as usize);
        tier.and_then(|tier| of_tiers.get(tier)).copied().unwrap_or(rule.severity)
    };
    let of_severity = |severity: Severity| {
        let kept = |group: &Group<'a>| {
            let resources = group.resources.iter().copied().filter(|resource| matters(*resource) == severity);
            Group { resources: resources.collect(), ..*group }
        };
        let outcomes: Vec<_> = outcomes.iter().map(kept).filter(|group| group.count() > 0).collect();
        (!outcomes.is_empty()).then_some(OfRule { rule, severity, outcomes })
    };
    severities.iter().filter_map(|severity| of_severity(*severity)).collect()
}

fn groups<'a>(results: &'a Results, of_part: &OfPart<'a>, verdict: Verdict) -> Vec<Group<'a>> {
    let of_rule = of_part.of_rule;
    let wanted = |outcome: &Outcome| outcome.verdict == verdict;
    if !of_rule.outcomes.iter().any(wanted) {
        return Vec::new();
    }
    // Verdicts are many, so where an outcome's group stands is looked up and not searched for.
    let mut group_of: Vec<Option<usize>> = vec![None; of_rule.outcomes.len()];
    let mut groups: Vec<(u32, Group<'a>)> = Vec::new();
    for (resource, position) in of_part.verdicts.iter() {
        let outcome = of_rule.outcomes.get(*position as usize).filter(|outcome| wanted(outcome));
        let (Some(outcome), Some(number)) = (outcome, group_of.get_mut(*position as usize)) else { continue };
        let number = *number.get_or_insert(groups.len());
        if number == groups.len() {
            groups.push((*position, Group { outcome, resources: Vec::new(), of_rule, results }));
        }
        if let Some((_, group)) = groups.get_mut(number) {
            group.resources.push(*resource);
        }
    }
    groups.sort_by_key(|(position, _)| *position);
    groups.into_iter().map(|(_, group)| group).collect()
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
    reasons_in(&Part::whole(results), verdict)
}

/// The reasons for a verdict in a part of a run.
pub(super) fn reasons_in<'a>(part: &Part<'a>, verdict: Verdict) -> Vec<Reason<'a>> {
    let mut counts: BTreeMap<(&str, String), Reason<'a>> = BTreeMap::new();
    for of_rule in by_rule_in(part, verdict) {
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
