//! What the parts of the document share: the identifiers of what they refer to.

use std::collections::{BTreeMap, BTreeSet};

use super::controls;
use super::ids::{Id, Ids};
use crate::model::{Drift, DriftClass, FrameworkReport, Outcome, Results, RuleVerdicts, Verdict};
use crate::report::{Gate, ReportOptions};

/// A run, with the identifiers of everything that others refer to.
pub(super) struct Run<'a> {
    pub(super) results: &'a Results,
    pub(super) ids: Ids,
    /// The component that is the tool.
    pub(super) tool: Id,
    /// The frameworks that were asked for, then ours.
    pub(super) frameworks: Vec<FrameworkReport>,
    /// Whether everything was read that there was to read, or the user said that a part is enough.
    pub(super) is_whole: bool,
    pub(super) gate: Gate,
    /// The inventory item of each resource, by the same index.
    items: Vec<Id>,
    /// Of each drift, by the same index: its inventory item.
    drifted: Vec<Id>,
    /// By the index of `Results::verdicts`.
    observed: Vec<Observed>,
    /// The place among the verdicts of each rule, by its id.
    rules: BTreeMap<&'a str, usize>,
    /// The observations that each waiver is about, by its place in the waiver file.
    pub(super) waived: BTreeMap<u32, Vec<Id>>,
}

/// The observations of a rule.
#[derive(Default)]
pub(super) struct Observed {
    /// What passed; one for all of it.
    pub(super) passed: Option<Id>,
    /// What it does not apply to, by the reason; one for each reason.
    pub(super) not_applicable: BTreeMap<String, Id>,
    /// Everything else; one for each resource. INVARIANT: sorted by resource.
    pub(super) each: Vec<Seen>,
}

/// A verdict that has an observation of its own.
pub(super) struct Seen {
    pub(super) resource: u32,
    pub(super) outcome: u32,
    pub(super) id: Id,
}

impl<'a> Run<'a> {
    pub(super) fn of(results: &'a Results, options: &ReportOptions) -> Self {
        let ids = Ids::of(results, options);
        let items: Vec<Id> = results
            .resources
            .iter()
            .zip(0u32..)
            .map(|(resource, at)| ids.id("inventory-item", &[&at.to_string(), &resource.id]))
            .collect();
        let observed: Vec<Observed> = results.verdicts.iter().map(|of_rule| observe(results, &ids, of_rule)).collect();
        let rules = results.verdicts.iter().enumerate();
        let rules =
            rules.filter_map(|(at, of_rule)| Some((results.rules.get(of_rule.rule)?.id.as_ref(), at))).collect();
        let is_whole = results.gaps.is_empty() || options.allow_partial;
        Self {
            results,
            tool: ids.id("component", &["dbkeel"]),
            frameworks: results.frameworks.iter().cloned().chain(controls::own(results)).collect(),
            is_whole,
            gate: Gate::of(results, options.allow_partial),
            drifted: drifted(results, &ids, &items),
            waived: waived(results, &observed),
            ids,
            items,
            observed,
            rules,
        }
    }

    /// The inventory item of a resource.
    pub(super) fn item(&self, resource: u32) -> Option<Id> {
        self.items.get(resource as usize).copied()
    }

    /// The verdicts of each rule with their observations.
    pub(super) fn observed(&self) -> impl Iterator<Item = (&'a RuleVerdicts, &Observed)> {
        self.results.verdicts.iter().zip(&self.observed)
    }

    /// The verdicts of a rule with their observations, by its id.
    pub(super) fn observed_of(&self, rule: &str) -> Option<(&'a RuleVerdicts, &Observed)> {
        let at = *self.rules.get(rule)?;
        Some((self.results.verdicts.get(at)?, self.observed.get(at)?))
    }

    /// The drifts with their inventory items and their observations.
    pub(super) fn drifts(&self) -> impl Iterator<Item = (&'a Drift, Id, Id)> {
        let drifts = self.results.drift.drifts.iter().zip(&self.drifted).zip(0u32..);
        drifts.map(|((drift, item), at)| (drift, *item, self.drift(at)))
    }

    /// The inventory items of what drifted and was not judged, each once.
    pub(super) fn only_drifted(&self) -> impl Iterator<Item = (&'a Drift, Id)> {
        let judged: BTreeSet<Id> = self.items.iter().copied().collect();
        let mut seen = BTreeSet::new();
        let is_new = move |item: Id| !judged.contains(&item) && seen.insert(item);
        self.drifts().map(|(drift, item, _)| (drift, item)).filter({
            let mut is_new = is_new;
            move |(_, item)| is_new(*item)
        })
    }

    fn drift(&self, at: u32) -> Id {
        self.ids.id("drift", &[&at.to_string()])
    }

    /// The resource of the back matter that stands for a source.
    pub(super) fn source(&self, source: u32) -> Id {
        self.ids.id("source", &[&source.to_string()])
    }

    /// The resource of the back matter that stands for a rule.
    pub(super) fn rule(&self, id: &str) -> Id {
        self.ids.id("rule", &[id])
    }

    /// The resource of the back matter that stands for the baseline.
    pub(super) fn baseline(&self) -> Id {
        self.ids.id("baseline", &[])
    }

    /// The resource of the back matter that stands for the waiver file.
    pub(super) fn waivers(&self) -> Id {
        self.ids.id("waivers", &[])
    }

    /// The risk that a waiver accepts.
    pub(super) fn risk(&self, waiver: u32) -> Id {
        self.ids.id("risk", &[&waiver.to_string()])
    }
}

/// Why a rule does not apply, as one text.
pub(super) fn reason(outcome: &Outcome) -> String {
    outcome.messages.join("; ")
}

fn observe(results: &Results, ids: &Ids, of_rule: &RuleVerdicts) -> Observed {
    let mut observed = Observed::default();
    let Some(rule) = results.rules.get(of_rule.rule) else { return observed };
    for (resource, position) in &of_rule.verdicts {
        let Some(outcome) = of_rule.outcomes.get(*position as usize) else { continue };
        match outcome.verdict {
            Verdict::Pass => observed.passed = Some(ids.id("passed", &[&rule.id])),
            Verdict::NotApplicable => {
                let reason = reason(outcome);
                let id = ids.id("not-applicable", &[&rule.id, &reason]);
                observed.not_applicable.insert(reason, id);
            }
            _ => {
                let id = ids.id("observation", &[&rule.id, &resource.to_string()]);
                observed.each.push(Seen { resource: *resource, outcome: *position, id });
            }
        }
    }
    observed
}

fn waived(results: &Results, observed: &[Observed]) -> BTreeMap<u32, Vec<Id>> {
    let mut waived: BTreeMap<u32, Vec<Id>> = BTreeMap::new();
    for (of_rule, observed) in results.verdicts.iter().zip(observed) {
        for seen in &observed.each {
            let outcome = of_rule.outcomes.get(seen.outcome as usize);
            if let Some(by) = outcome.and_then(|outcome| outcome.waived_by.as_ref()) {
                waived.entry(by.waiver).or_default().push(seen.id);
            }
        }
    }
    waived
}

/// What drifted is one of the judged resources, by its address or by the id of what runs, or has an item of its own.
fn drifted(results: &Results, ids: &Ids, items: &[Id]) -> Vec<Id> {
    let judged: BTreeMap<&str, Id> =
        results.resources.iter().zip(items).map(|(resource, item)| (resource.id.as_ref(), *item)).collect();
    let item = |drift: &Drift| {
        let resource = &drift.resource;
        // What is declared and what runs are two resources of the run, where both were judged; the one that runs drifted.
        let is_gone = drift.class == DriftClass::Missing;
        let running = resource.running_id.as_deref().filter(|_| !is_gone);
        let known = running.and_then(|id| judged.get(id)).or_else(|| judged.get(resource.id.as_ref()));
        known.copied().unwrap_or_else(|| ids.id("drifted", &[&resource.id]))
    };
    results.drift.drifts.iter().map(item).collect()
}
