//! One result of several: accounts of a fleet may be judged by baselines of their own.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::model::{
    BaselineFile, Coming, Outcome, Places, Resource, Results, Rule, RuleVerdicts, RunInfo, Tier, TierAssignment,
};
use crate::source::sha256;

/// Joins what different baselines found of different resources; what they have in common, such as sources and gaps, is
/// taken from the first. Waivers and places are for the whole, so they come afterwards.
pub fn merge(first: Results, rest: Vec<Results>) -> Results {
    if rest.is_empty() {
        return first;
    }
    let (rules, run, baseline_files) = (rules(&first, &rest), run(&first, &rest), files(&first, &rest));
    let mut merged = Merged::default();
    let Results { sources, gaps, drift, resources_seen, .. } = merged.add(first);
    for one in rest {
        merged.add(one);
    }
    let (resources, assignments, order) = merged.in_order();
    let coming = merged.coming(&order);
    let verdicts = (0..).zip(&rules).map(|(rule, of)| merged.verdicts(rule, &of.id, &order)).collect();
    Results {
        run,
        baseline_files,
        sources,
        tiers: merged.tiers,
        resources,
        assignments,
        rules,
        verdicts,
        gaps,
        drift,
        resources_seen,
        coming,
        places: Places::default(),
        waivers: None,
        frameworks: Vec::new(),
        accounts: BTreeMap::new(),
        history: None,
        standing: None,
    }
}

/// Every rule that any of them used, by id.
fn rules(first: &Results, rest: &[Results]) -> Vec<Arc<Rule>> {
    let all =
        std::iter::once(first).chain(rest).flat_map(|one| &one.rules).map(|rule| (rule.id.clone(), Arc::clone(rule)));
    all.collect::<BTreeMap<_, _>>().into_values().collect()
}

/// The baselines by name; digests of several are those of their digests, one a line.
fn run(first: &Results, rest: &[Results]) -> RunInfo {
    let texts = |of: fn(&RunInfo) -> &Arc<str>| -> Vec<&str> {
        std::iter::once(first).chain(rest).map(|one| of(&one.run).as_ref()).collect()
    };
    let digest = |of| sha256(texts(of).join("\n").as_bytes());
    RunInfo {
        baseline: texts(|run| &run.baseline).join(" + ").into(),
        baseline_sha256: digest(|run| &run.baseline_sha256),
        policies_sha256: digest(|run| &run.policies_sha256),
        ..first.run.clone()
    }
}

/// The files of all baselines, each once.
fn files(first: &Results, rest: &[Results]) -> Vec<BaselineFile> {
    let mut files: Vec<BaselineFile> = Vec::new();
    for file in std::iter::once(first).chain(rest).flat_map(|one| &one.baseline_files) {
        if !files.contains(file) {
            files.push(file.clone());
        }
    }
    files
}

/// What has been added so far; resources in the order in which they were added.
#[derive(Default)]
struct Merged {
    tiers: Vec<Tier>,
    judged: Vec<(Resource, TierAssignment)>,
    /// By the rule's id: the outcome of each resource.
    outcomes: FxHashMap<Arc<str>, Vec<(u32, Outcome)>>,
    coming: Vec<Coming>,
}

impl Merged {
    /// Takes in resources, tiers and verdicts, and returns the rest.
    fn add(&mut self, mut one: Results) -> Results {
        let first_resource = u32::try_from(self.judged.len()).unwrap_or(u32::MAX);
        let first_tier = u16::try_from(self.tiers.len()).unwrap_or(u16::MAX);
        self.add_tiers(std::mem::take(&mut one.tiers), &one.run.baseline);
        let assignments = std::mem::take(&mut one.assignments).into_iter();
        let moved = assignments.map(|assignment| TierAssignment { tier: first_tier + assignment.tier, ..assignment });
        self.judged.extend(std::mem::take(&mut one.resources).into_iter().zip(moved));
        for mut coming in std::mem::take(&mut one.coming) {
            coming.resources.iter_mut().for_each(|resource| *resource += first_resource);
            self.coming.push(coming);
        }
        for of_rule in std::mem::take(&mut one.verdicts) {
            let Some(rule) = one.rules.get(of_rule.rule) else { continue };
            let of = |(resource, outcome): (u32, u32)| {
                Some((first_resource + resource, of_rule.outcomes.get(outcome as usize)?.clone()))
            };
            self.outcomes.entry(rule.id.clone()).or_default().extend(of_rule.verdicts.iter().copied().filter_map(of));
        }
        one
    }

    /// Tiers of one name may ask for different things, so those of a later baseline are told apart by its name.
    fn add_tiers(&mut self, tiers: Vec<Tier>, baseline: &str) {
        for mut tier in tiers {
            if self.tiers.iter().any(|known| known.name == tier.name) {
                tier.name = format!("{baseline}/{}", tier.name).into();
            }
            self.tiers.push(tier);
        }
    }

    /// The resources as results have them, and the new position of each by its old one.
    fn in_order(&mut self) -> (Vec<Resource>, Vec<TierAssignment>, Vec<u32>) {
        let mut judged: Vec<_> = (0usize..).zip(std::mem::take(&mut self.judged)).collect();
        judged.sort_by(|(_, (a, _)), (_, (b, _))| (&a.id, a.source).cmp(&(&b.id, b.source)));
        let mut order = vec![0; judged.len()];
        for (new, (old, _)) in (0u32..).zip(&judged) {
            if let Some(slot) = order.get_mut(*old) {
                *slot = new;
            }
        }
        let (resources, assignments) = judged.into_iter().map(|(_, judged)| judged).unzip();
        (resources, assignments, order)
    }

    /// What is announced, with the new positions.
    fn coming(&mut self, order: &[u32]) -> Vec<Coming> {
        let mut all = std::mem::take(&mut self.coming);
        for coming in &mut all {
            let moved = coming.resources.iter().filter_map(|old| order.get(*old as usize).copied());
            coming.resources = moved.collect();
            coming.resources.sort_unstable();
        }
        let rank = |of: &Coming| (of.from.clone(), std::cmp::Reverse(of.severity), of.rule.id.clone());
        all.sort_by_cached_key(|of| (rank(of), of.resources.clone()));
        all
    }

    fn verdicts(&mut self, rule: usize, id: &str, order: &[u32]) -> RuleVerdicts {
        let of_rule = self.outcomes.remove(id).unwrap_or_default();
        let moved = of_rule.into_iter().filter_map(|(old, outcome)| Some((*order.get(old as usize)?, outcome)));
        let mut found: Vec<(u32, Outcome)> = moved.collect();
        found.sort_by_key(|(resource, _)| *resource);
        let mut numbers: FxHashMap<Outcome, u32> = FxHashMap::default();
        let mut outcomes = Vec::new();
        let number = |(resource, outcome): (u32, Outcome)| {
            let next = u32::try_from(outcomes.len()).unwrap_or(u32::MAX);
            let number = *numbers.entry(outcome).or_insert_with_key(|outcome| {
                outcomes.push(outcome.clone());
                next
            });
            (resource, number)
        };
        let verdicts = found.into_iter().map(number).collect();
        RuleVerdicts { rule, outcomes, verdicts }
    }
}
