//! The numbers of a run: how many verdicts of each sort, in all, by severity, by domain, by tier.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::part::{OfPart, Part};
use crate::model::{Domain, Kind, Resource, Results, RuleVerdicts, Severity, SourceKind, Verdict, VerdictCounts};

/// The numbers of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Over everything.
    pub total: VerdictCounts,
    /// By the severity that the rule has in the resource's tier; every severity, zero or not.
    pub by_severity: BTreeMap<Severity, VerdictCounts>,
    /// By the domain of the rule; the domains that have a verdict.
    pub by_domain: BTreeMap<Domain, VerdictCounts>,
    /// By the tier of the resource, by the same index as `Results::tiers`.
    pub by_tier: Vec<VerdictCounts>,
    /// By the account, of those that run or are in the fleet file; empty where neither is known.
    pub by_account: BTreeMap<Arc<str>, VerdictCounts>,
    /// How many of the judged resources are databases: instances and clusters.
    pub databases: usize,
}

impl Summary {
    /// Counts the verdicts in one pass: per outcome and tier, since verdicts are many and outcomes few.
    pub fn of(results: &Results) -> Self {
        Self::of_part(&Part::whole(results))
    }

    /// Counts the verdicts of a part of a run.
    pub(super) fn of_part(part: &Part<'_>) -> Self {
        let results = part.results;
        let tier_of: Vec<u32> = results.assignments.par_iter().map(|assignment| u32::from(assignment.tier)).collect();
        let mut summary = Self {
            total: VerdictCounts::default(),
            by_severity: Severity::ALL.iter().map(|severity| (*severity, VerdictCounts::default())).collect(),
            by_domain: BTreeMap::new(),
            by_tier: vec![VerdictCounts::default(); results.tiers.len()],
            by_account: if part.is_whole() { by_account(results) } else { BTreeMap::new() },
            databases: part.resources().filter(|resource| is_database(resource)).count(),
        };
        let counted: Vec<Vec<usize>> =
            part.verdicts.par_iter().map(|of_part| count_outcomes(of_part, &tier_of, results.tiers.len())).collect();
        for (of_part, counts) in part.verdicts.iter().zip(counted) {
            summary.add_rule(results, of_part.of_rule, &counts);
        }
        summary
    }

    fn add_rule(&mut self, results: &Results, of_rule: &RuleVerdicts, counts: &[usize]) {
        let Some(rule) = results.rules.get(of_rule.rule) else { return };
        let severities = results.severities(rule);
        for (outcome, of_tiers) in of_rule.outcomes.iter().zip(counts.chunks(results.tiers.len().max(1))) {
            for (tier, number) in of_tiers.iter().copied().enumerate().filter(|(_, number)| *number > 0) {
                let severity = severities.get(tier).copied().unwrap_or(rule.severity);
                add(&mut self.total, outcome.verdict, number);
                add(self.by_severity.entry(severity).or_default(), outcome.verdict, number);
                add(self.by_domain.entry(rule.domain).or_default(), outcome.verdict, number);
                if let Some(counts) = self.by_tier.get_mut(tier) {
                    add(counts, outcome.verdict, number);
                }
            }
        }
    }

    /// The failures of one severity.
    pub fn failed(&self, severity: Severity) -> usize {
        self.by_severity.get(&severity).map_or(0, |counts| counts.fail)
    }
}

/// What was declared may be of any number of accounts, which are the provider's business; what runs is looked at account by
/// account.
fn by_account(results: &Results) -> BTreeMap<Arc<str>, VerdictCounts> {
    let mut counts: BTreeMap<Arc<str>, VerdictCounts> =
        results.accounts.keys().map(|account| (Arc::clone(account), VerdictCounts::default())).collect();
    let runs = |resource: &Resource| {
        results.sources.get(resource.source as usize).is_some_and(|source| source.kind == SourceKind::Inventory)
    };
    let accounts: Vec<Option<&Arc<str>>> =
        results.resources.par_iter().map(|of| of.scope.account.as_ref().filter(|_| runs(of))).collect();
    let distinct: BTreeSet<&Arc<str>> = accounts.iter().copied().flatten().collect();
    // Verdicts are many, so an account is looked up once a resource and not once a verdict.
    let number_of: BTreeMap<&Arc<str>, usize> = distinct.iter().copied().zip(0..).collect();
    // What is of no account has a number of its own, which nobody reads.
    let none = distinct.len();
    let number = |account: &Option<&Arc<str>>| account.and_then(|account| number_of.get(account).copied());
    let numbers: Vec<u32> = accounts.iter().map(|account| number(account).unwrap_or(none) as u32).collect();
    let count = |of_rule: &RuleVerdicts| count_by(&of_rule.verdicts, of_rule.outcomes.len(), &numbers, none + 1);
    let counted: Vec<Vec<usize>> = results.verdicts.par_iter().map(count).collect();
    let mut found = vec![VerdictCounts::default(); distinct.len()];
    for (of_rule, counts) in results.verdicts.iter().zip(counted) {
        for (outcome, of_accounts) in of_rule.outcomes.iter().zip(counts.chunks(none + 1)) {
            found.iter_mut().zip(of_accounts).for_each(|(found, number)| add(found, outcome.verdict, *number));
        }
    }
    let judged = distinct.into_iter().cloned().zip(found).filter(|(_, counts)| counts.total() > 0);
    counts.extend(judged);
    counts
}

/// What people mean by a database: something that owns data. Members of a cluster share the cluster's.
pub(super) fn is_database(resource: &Resource) -> bool {
    matches!(resource.kind, Kind::Instance | Kind::Cluster)
}

/// How many resources show each outcome: outcome by outcome, tier by tier.
fn count_outcomes(of_part: &OfPart<'_>, tier_of: &[u32], tiers: usize) -> Vec<usize> {
    count_by(&of_part.verdicts, of_part.of_rule.outcomes.len(), tier_of, tiers.max(1))
}

/// How many resources of each group show each outcome: outcome by outcome, group by group. Verdicts are by far the most that
/// there is of anything.
fn count_by(verdicts: &[(u32, u32)], outcomes: usize, group_of: &[u32], groups: usize) -> Vec<usize> {
    let mut counts = vec![0; outcomes * groups];
    for (resource, outcome) in verdicts {
        let group = group_of.get(*resource as usize).copied().unwrap_or_default() as usize;
        if let Some(count) = counts.get_mut(*outcome as usize * groups + group) {
            *count += 1;
        }
    }
    counts
}

fn add(counts: &mut VerdictCounts, verdict: Verdict, number: usize) {
    let count = match verdict {
        Verdict::Pass => &mut counts.pass,
        Verdict::Fail => &mut counts.fail,
        Verdict::Unknown => &mut counts.unknown,
        Verdict::Error => &mut counts.error,
        Verdict::Waived => &mut counts.waived,
        Verdict::NotApplicable => &mut counts.not_applicable,
    };
    *count += number;
}

/// An account as people know it: `111122223333 payments (team-payments)`.
pub fn account_label(results: &Results, account: &str) -> String {
    let info = results.accounts.get(account);
    let name = info.and_then(|info| info.name.as_deref()).map(|name| format!(" {name}")).unwrap_or_default();
    let owner = info.and_then(|info| info.owner.as_deref()).map(|owner| format!(" ({owner})")).unwrap_or_default();
    format!("{account}{name}{owner}")
}

/// What people read of a failure that got worse.
pub(super) const WORSE: &str = "it stood before, and this change makes it worse";

/// How the failures stand to the change that was judged, when that was asked for.
pub(super) fn of_change(results: &Results, failed: usize) -> Option<String> {
    let stood = results.standing.as_ref()?.before();
    let new = failed.saturating_sub(stood);
    Some(format!(
        "of {}: {new} new or worse by this change, {stood} stood before",
        super::text::count(failed, "failure")
    ))
}

/// The last line of the reports for people; its form is stable, so that scripts may read it.
pub fn last_line(counts: &VerdictCounts, gaps: usize) -> String {
    format!(
        "{} failed, {} waived, {} passed, {} unknown, {} not applicable, {} errors, {} gaps",
        counts.fail, counts.waived, counts.pass, counts.unknown, counts.not_applicable, counts.error, gaps
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing;

    #[test]
    fn the_parts_add_up_to_the_whole() {
        let results = testing::everything();
        let summary = Summary::of(&results);
        assert_eq!(summary.total, results.counts());
        let sum = |parts: Vec<&VerdictCounts>| parts.iter().map(|counts| counts.total()).sum::<usize>();
        assert_eq!(sum(summary.by_severity.values().collect()), summary.total.total());
        assert_eq!(sum(summary.by_domain.values().collect()), summary.total.total());
        assert_eq!(sum(summary.by_tier.iter().collect()), summary.total.total());
    }

    #[test]
    fn nothing_counts_as_nothing() {
        let summary = Summary::of(&testing::nothing());
        assert_eq!(summary.total, VerdictCounts::default());
        assert_eq!(
            last_line(&summary.total, 0),
            "0 failed, 0 waived, 0 passed, 0 unknown, 0 not applicable, 0 errors, 0 gaps"
        );
    }
}
