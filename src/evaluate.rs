//! Resources x rules -> verdicts, in parallel, memoised.
//!
//! A verdict is a pure function of the facts that a rule reads and of its tier. So the states of each fact are numbered once
//! (a column of small integers over all resources), and a rule is evaluated once for each distinct combination of numbers:
//! some hundred times for twenty thousand databases. The result depends neither on the number of threads nor on the order
//! of the input.

mod classes;
mod columns;
mod coming;
mod decide;
mod hashed;
mod keys;
mod merge;
mod outcomes;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::baseline::{Baseline, Belongs, Phase};
use crate::drift;
use crate::facts::catalogue::TIER_ASSIGNED;
use crate::model::{
    ChangeAction, DriftReport, Fact, FactState, Inventory, Kind, Origin, Places, Resource, Results, RuleVerdicts,
    RunInfo, SetBy, Severity, Text, Tier, TierAssignment, Unknown,
};
use crate::policy::{Data, Policies, Policy};
use classes::Classes;
use columns::{Column, Columns, Kinds, Members};
use keys::{Keys, Rows};
pub use merge::merge;
use outcomes::Outcomes;
use rayon::prelude::*;

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
    let members = Members::of(&resources);
    let columns = Columns::new(&resources, &members, asked.iter().map(|policy| policy.rule.as_ref()));
    let assigned = tiers(&assignments, &members);
    let tiers = phase.tiers();
    let run = Run {
        assignments: &assignments,
        assigned: &assigned,
        members: &members,
        columns: &columns,
        tiers,
        data: &data,
    };
    let verdicts: Vec<RuleVerdicts> =
        // One at a time: a rule that looks at what each resource has of its own takes as long as all others.
        used.par_iter().enumerate().with_max_len(1).map(|(index, policy)| run.rule(index, policy)).collect();
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
    let concerned: Kinds = used.iter().flat_map(|policy| &policy.rule.kinds).collect();
    let is_concerned = |resource: &Resource| concerned.contains(resource.kind);
    let order = |a: &Resource, b: &Resource| (&a.id, a.source).cmp(&(&b.id, b.source));
    // Nearly always they all are, and in order: seeing that first, side by side, is quicker than going through them to find out.
    if !resources.par_iter().all(is_concerned) {
        resources.retain(is_concerned);
    }
    if resources.par_windows(2).any(|two| matches!(two, [one, next] if order(one, next).is_gt())) {
        resources.par_sort_by(order);
    }
    resources
}

/// The numbers of the tiers, by kind.
fn tiers(assignments: &[TierAssignment], members: &Members) -> Vec<Classes> {
    let tier = |resource: &u32| assignments.get(*resource as usize).map_or(0, |assignment| u32::from(assignment.tier));
    Kind::ALL.iter().map(|kind| members.of_kind(*kind).iter().map(tier).collect()).collect()
}

/// What every rule of a run sees.
#[derive(Clone, Copy)]
struct Run<'a> {
    assignments: &'a [TierAssignment],
    /// The number of each resource's tier, by kind.
    assigned: &'a [Classes],
    members: &'a Members,
    columns: &'a Columns<'a>,
    tiers: &'a [Tier],
    /// What rules see of each tier.
    data: &'a [Data],
}

impl<'a> Run<'a> {
    fn rule(&self, index: usize, policy: &'a Policy) -> RuleVerdicts {
        let columns: Vec<&'a Column> = policy.rule.reads.iter().map(|path| self.columns.of(path)).collect();
        let mut rows: Vec<Option<Rows>> = Vec::new();
        rows.resize_with(Kind::ALL.len(), || None);
        for kind in &policy.rule.kinds {
            if let Some(slot) = rows.get_mut(*kind as usize) {
                *slot = Some(self.rows(policy, &columns, *kind));
            }
        }
        let mut verdicts = Vec::with_capacity(rows.iter().flatten().map(Rows::len).sum());
        let mut outcomes = Outcomes::new(self, policy, &columns);
        for (resource, kind) in (0u32..).zip(self.members.kinds()) {
            let Some(rows) = rows.get_mut(*kind as usize).and_then(Option::as_mut) else { continue };
            let outcome = rows.next(|row| {
                let classes = columns.iter().map(|column| column.class(*kind, row)).collect();
                outcomes.of(self.tier(policy, resource), classes)
            });
            verdicts.extend(outcome.map(|outcome| (resource, outcome)));
        }
        RuleVerdicts { rule: index, outcomes: outcomes.list, verdicts }
    }

    /// What a rule says of those of a kind: the same where all that it reads is the same.
    fn rows(&self, policy: &Policy, columns: &[&Column], kind: Kind) -> Rows {
        let mut keys = Keys::new(self.members.of_kind(kind).len());
        if let Some(tiers) = self.assigned.get(kind as usize).filter(|_| policy.reads_tier) {
            keys.add(tiers, self.data.len());
        }
        for column in columns {
            column.of_kind(kind).into_iter().for_each(|classes| keys.add(classes, column.classes()));
        }
        keys.finish()
    }

    /// The tier by which a rule judges a resource. One that the tier means nothing to sees the first tier's data: its
    /// interpreter is made ready only once.
    fn tier(&self, policy: &Policy, resource: u32) -> usize {
        let assignment = self.assignments.get(resource as usize).filter(|_| policy.reads_tier);
        assignment.map_or(0, |assignment| usize::from(assignment.tier))
    }
}

#[cfg(test)]
mod tests;
