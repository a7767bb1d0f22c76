//! Resources x rules -> verdicts, in parallel, memoised.
//!
//! A verdict is a pure function of the facts that a rule reads and of its tier. So the states of each fact are numbered once
//! (a column of small integers over all resources), and a rule is evaluated once for each distinct combination of numbers:
//! some hundred times for twenty thousand databases. The result depends neither on the number of threads nor on the order
//! of the input.

mod columns;
mod coming;
mod decide;
mod keys;
mod merge;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::baseline::{Baseline, Belongs, Phase};
use crate::drift;
use crate::facts::catalogue::TIER_ASSIGNED;
use crate::model::{
    ChangeAction, DriftReport, Fact, FactState, Inventory, Kind, Origin, Outcome, Places, Resource, Results,
    RuleVerdicts, RunInfo, SetBy, Severity, Text, TierAssignment, Unknown,
};
use crate::policy::{Data, Policies, Policy};
use columns::Columns;
use decide::Decider;
use keys::Keys;
pub use merge::merge;

/// What a run is told besides its inputs.
#[derive(Clone, Debug)]
pub struct Options {
    /// The instant that rules take for now; RFC 3339, UTC, whole seconds.
    pub as_of: Arc<str>,
    /// The severity from which the gate fails.
    pub fail_on: Severity,
}

/// Judges every resource by every rule that the baseline uses and that concerns its kind.
pub fn evaluate(inventory: Inventory, policies: &Policies, baseline: &Baseline, options: &Options) -> Results {
    let phase = baseline.on(&options.as_of);
    let asked = asked(policies, baseline, &options.as_of);
    let used: Vec<&Policy> = asked.iter().filter(|policy| phase.uses(&policy.rule)).copied().collect();
    let mut resources = judged_resources(inventory.resources, &asked);
    let assignments = assign(&mut resources, baseline);
    let data = all_data(phase, baseline, &options.as_of);
    let columns = Columns::new(&resources, asked.iter().map(|policy| policy.rule.as_ref()));
    let run = Run { resources: &resources, assignments: &assignments, columns: &columns, data: &data };
    let verdicts: Vec<RuleVerdicts> =
        used.par_iter().enumerate().map(|(index, policy)| run.rule(index, policy)).collect();
    let today = coming::Today { phase, verdicts: &verdicts, used: &used };
    let coming = coming::find(&run, &today, &asked, baseline, &options.as_of);
    let drift = DriftReport { drifts: drift::of_plans(&resources, inventory.drift), comparison: None };
    Results {
        run: RunInfo {
            version: env!("CARGO_PKG_VERSION").into(),
            as_of: options.as_of.clone(),
            baseline: baseline.name().into(),
            baseline_sha256: baseline.sha256().into(),
            policies_sha256: policies.sha256(|rule| phase.uses(rule)).into(),
            fail_on: options.fail_on,
        },
        baseline_files: baseline.digests().to_vec(),
        sources: inventory.sources,
        tiers: phase.tiers().to_vec(),
        rules: used.iter().map(|policy| policy.rule.clone()).collect(),
        verdicts,
        assignments,
        resources,
        gaps: inventory.gaps,
        drift,
        resources_seen: inventory.resources_seen,
        coming,
        places: Places::default(),
        waivers: None,
        frameworks: Vec::new(),
        accounts: BTreeMap::new(),
        history: None,
        standing: None,
    }
}

/// The rules that are asked at an instant, for today and for the changes that the baseline announces; sorted by id.
pub(crate) fn asked<'p>(policies: &'p Policies, baseline: &Baseline, as_of: &str) -> Vec<&'p Policy> {
    coming::asked(policies, baseline.on(as_of), baseline.coming(as_of))
}

/// Gives every resource its tier, and the databases the fact whether they belong to it.
fn assign(resources: &mut [Resource], baseline: &Baseline) -> Vec<TierAssignment> {
    let fact = |state: FactState| Arc::new(Fact::new(state, Origin::attribute("tags", SetBy::Derived)));
    let (yes, no) = (fact(FactState::Known(true.into())), fact(FactState::Known(false.into())));
    let place = |resource: &mut Resource| {
        let (assignment, belongs) = baseline.place(resource);
        let action = resource.change.as_ref().map(|change| change.action);
        let is_leaving = matches!(action, Some(ChangeAction::Delete | ChangeAction::Forget));
        if TIER_ASSIGNED.def().kinds.contains(&resource.kind) && !is_leaving {
            let fact = match belongs {
                Belongs::Yes => Arc::clone(&yes),
                Belongs::No => Arc::clone(&no),
                Belongs::Unknown(why) => fact(FactState::Unknown(Unknown::Unresolved(Text::Static(why)))),
            };
            resource.facts.set(TIER_ASSIGNED, fact);
        }
        assignment
    };
    resources.par_iter_mut().map(place).collect()
}

/// What rules see of each tier.
fn all_data(phase: &Phase, baseline: &Baseline, as_of: &str) -> Vec<Data> {
    Data::for_tiers(phase.tiers(), baseline.name(), as_of, baseline.engines())
}

/// The resources that a rule concerns; sorted by id, then source.
fn judged_resources(mut resources: Vec<Resource>, used: &[&Policy]) -> Vec<Resource> {
    let concerned = |kind: Kind| used.iter().any(|policy| policy.rule.kinds.contains(&kind));
    resources.retain(|resource| concerned(resource.kind));
    resources.sort_by(|a, b| (&a.id, a.source).cmp(&(&b.id, b.source)));
    resources
}

/// What every rule of a run sees.
#[derive(Clone, Copy)]
struct Run<'a> {
    resources: &'a [Resource],
    assignments: &'a [TierAssignment],
    columns: &'a Columns<'a>,
    data: &'a [Data],
}

impl Run<'_> {
    fn rule(&self, index: usize, policy: &Policy) -> RuleVerdicts {
        let rule = &policy.rule;
        let concerned: Vec<u32> = (0u32..)
            .zip(self.resources)
            .filter(|(_, resource)| rule.kinds.contains(&resource.kind))
            .map(|(position, _)| position)
            .collect();
        let keys = self.keys(policy, &concerned);
        let mut outcomes = Outcomes::default();
        let mut decider = Decider::new(policy, self.data);
        let verdicts = concerned
            .iter()
            .zip(keys)
            .map(|(resource, key)| (*resource, outcomes.of(key, || self.decide(&mut decider, policy, *resource))))
            .collect();
        RuleVerdicts { rule: index, outcomes: outcomes.list, verdicts }
    }

    /// One number a resource: equal numbers, equal verdicts.
    fn keys(&self, policy: &Policy, concerned: &[u32]) -> Vec<u64> {
        let mut keys = Keys::new(concerned.len());
        if policy.reads_tier {
            let tier = |resource: u32| {
                self.assignments.get(resource as usize).map_or(0, |assignment| u32::from(assignment.tier))
            };
            keys.add(concerned.iter().map(|resource| tier(*resource)), self.data.len() as u64);
        }
        for path in &policy.rule.reads {
            let column = self.columns.of(path);
            keys.add(concerned.iter().map(|resource| column.class(*resource)), column.classes());
        }
        keys.finish()
    }

    fn decide(&self, decider: &mut Decider<'_>, policy: &Policy, resource: u32) -> Outcome {
        // A rule that the tier means nothing to sees the first tier's data: its interpreter is made ready only once.
        let assignment = self.assignments.get(resource as usize).filter(|_| policy.reads_tier);
        let tier = assignment.map_or(0, |assignment| assignment.tier as usize);
        let states = policy.rule.reads.iter().map(|path| self.columns.of(path).state(resource)).collect();
        decider.decide(tier, states)
    }
}

/// The outcomes of one rule, in the order in which resources first show them.
#[derive(Default)]
struct Outcomes {
    list: Vec<Outcome>,
    by_key: FxHashMap<u64, u32>,
    numbers: FxHashMap<Outcome, u32>,
}

impl Outcomes {
    fn of(&mut self, key: u64, decide: impl FnOnce() -> Outcome) -> u32 {
        *self.by_key.entry(key).or_insert_with(|| {
            let outcome = decide();
            // Two tiers may lead to the same outcome.
            *self.numbers.entry(outcome).or_insert_with_key(|outcome| {
                self.list.push(outcome.clone());
                self.list.len() as u32 - 1
            })
        })
    }
}

#[cfg(test)]
mod tests;
