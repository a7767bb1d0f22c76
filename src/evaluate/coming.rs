//! What will fail when the baseline changes: the rules that a change touches are asked again, of the facts of today.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{Run, all_data};
use crate::baseline::{Baseline, Phase};
use crate::model::{Coming, Outcome, Rule, RuleVerdicts, Severity, Verdict};
use crate::policy::{Policies, Policy};

/// The rules that are asked, now or later; sorted by id.
pub(super) fn asked<'p>(policies: &'p Policies, phase: &Phase, later: &[Phase]) -> Vec<&'p Policy> {
    let is_asked = |rule: &Rule| phase.uses(rule) || later.iter().any(|later| later.uses(rule));
    policies.iter().filter(|policy| is_asked(&policy.rule)).collect()
}

/// What holds today, for comparison.
pub(super) struct Today<'a> {
    pub(super) phase: &'a Phase,
    /// By rule of the run.
    pub(super) verdicts: &'a [RuleVerdicts],
    /// The rules of the run, by the same index.
    pub(super) used: &'a [&'a Policy],
}

/// What each later phase announces, by its day, the gravest first. A resource that fails a rule from one day on is not
/// announced again for a later one.
pub(super) fn find(run: &Run<'_>, today: &Today<'_>, asked: &[&Policy], baseline: &Baseline, now: &str) -> Vec<Coming> {
    let mut all = Vec::new();
    let mut told: BTreeMap<Arc<str>, FxHashMap<u32, Severity>> = BTreeMap::new();
    let mut before = today.phase;
    for phase in baseline.coming(now) {
        let data = all_data(phase, baseline, now);
        let touched: Vec<&Policy> =
            asked.iter().filter(|policy| is_touched(&policy.rule, before, phase)).copied().collect();
        let found: Vec<Vec<Coming>> = touched
            .par_iter()
            .map(|policy| of_rule(&Run { tiers: phase.tiers(), data: &data, ..*run }, today, policy, phase))
            .collect();
        let mut found: Vec<Coming> = found.into_iter().flatten().collect();
        for coming in &mut found {
            let told = told.entry(coming.rule.id.clone()).or_default();
            coming.resources.retain(|resource| {
                let is_news = told.get(resource).is_none_or(|told| *told < coming.severity);
                if is_news {
                    told.insert(*resource, coming.severity);
                }
                is_news
            });
        }
        found.retain(|coming| !coming.resources.is_empty());
        found.sort_by(|a, b| (b.severity, &a.rule.id, &a.resources).cmp(&(a.severity, &b.rule.id, &b.resources)));
        all.extend(found);
        before = phase;
    }
    all
}

/// Whether a change concerns a rule that it uses: its parameters, its severity, or that it is used at all.
fn is_touched(rule: &Rule, before: &Phase, after: &Phase) -> bool {
    if !after.uses(rule) {
        return false;
    }
    let differs = |(before, after): (&crate::model::Tier, &crate::model::Tier)| {
        before.severity_of(rule) != after.severity_of(rule)
            || rule.parameters.keys().any(|name| before.parameters.get(name) != after.parameters.get(name))
    };
    !before.uses(rule) || before.tiers().iter().zip(after.tiers()).any(differs)
}

/// The resources that a rule will fail, or fail more gravely, grouped by what it will say.
fn of_rule(run: &Run<'_>, today: &Today<'_>, policy: &Policy, phase: &Phase) -> Vec<Coming> {
    let later = run.rule(0, policy);
    let now = today.used.iter().position(|used| used.rule.id == policy.rule.id);
    let now = now.and_then(|position| today.verdicts.get(position));
    let mut groups: BTreeMap<(u32, Severity, Option<Severity>), Vec<u32>> = BTreeMap::new();
    for (position, (resource, outcome)) in later.verdicts.iter().enumerate() {
        if outcome_of(&later, *outcome).is_none_or(|outcome| outcome.verdict != Verdict::Fail) {
            continue;
        }
        // A rule concerns the same resources by whatever parameters.
        let outcome_now = now.and_then(|now| outcome_of(now, now.verdicts.get(position)?.1));
        let severity = severity(run, phase, policy, *resource);
        let fails_with = outcome_now
            .filter(|outcome| outcome.verdict == Verdict::Fail)
            .map(|_| self::severity(run, today.phase, policy, *resource));
        if fails_with.is_none_or(|now| now < severity) {
            groups.entry((*outcome, severity, fails_with)).or_default().push(*resource);
        }
    }
    let from: Arc<str> = phase.from().map(|day| day.to_string()).unwrap_or_default().into();
    let coming = |((outcome, severity, today), resources): ((u32, Severity, Option<Severity>), Vec<u32>)| Coming {
        from: from.clone(),
        reasons: phase.reasons().to_vec(),
        rule: policy.rule.clone(),
        severity,
        today,
        messages: outcome_of(&later, outcome).map(|outcome| outcome.messages.clone()).unwrap_or_default(),
        resources,
    };
    groups.into_iter().map(coming).collect()
}

fn outcome_of(of_rule: &RuleVerdicts, outcome: u32) -> Option<&Outcome> {
    of_rule.outcomes.get(outcome as usize)
}

fn severity(run: &Run<'_>, phase: &Phase, policy: &Policy, resource: u32) -> Severity {
    let assignment = run.assignments.get(resource as usize);
    let tier = assignment.and_then(|assignment| phase.tiers().get(usize::from(assignment.tier)));
    tier.map_or(policy.rule.severity, |tier| tier.severity_of(&policy.rule))
}
