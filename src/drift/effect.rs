//! What drift does to verdicts: the rules are asked about what runs as it is, and as it would be with the declared value.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::baseline::Baseline;
use crate::evaluate::{Options, evaluate};
use crate::facts::catalogue::{ENGINE, PARAMETER_GROUP, PARAMETERS, TLS_REQUIRED};
use crate::facts::parameters::tls_required;
use crate::facts::{FactId, FactType};
use crate::model::{
    DriftEffect, DriftSubject, Fact, FactPath, FactState, Inventory, Kind, Outcome, Resource, Results, Rule, Severity,
    Value, Verdict,
};
use crate::policy::Policies;

use super::DriftOf;
use super::table::followers;

/// What rules are asked by.
pub struct Judges<'a> {
    /// The rules.
    pub policies: &'a Policies,
    /// The baseline.
    pub baseline: &'a Baseline,
    /// The instant, and the gate.
    pub options: &'a Options,
}

/// One question: a drift, and what runs with the declared value put in.
struct Question<'a> {
    drift: usize,
    fact: FactId,
    running: &'a Resource,
    /// What the resource with the declared value is known by among the others.
    number: u32,
}

/// Finds the effects of every drift of a fact. `running` is everything that runs, for what depends on a group.
pub fn find(drifts: &mut [DriftOf<'_>], running: &[&Resource], judges: &Judges<'_>) {
    let users = Users::new(drifts, running, judges.baseline);
    let mut resources: Vec<Resource> = Vec::new();
    let mut questions: Vec<Question<'_>> = Vec::new();
    for (position, DriftOf { drift, running: of, declared }) in drifts.iter().enumerate() {
        let (DriftSubject::Fact(path), Some(of)) = (&drift.subject, of) else { continue };
        // Nothing that could be judged was declared, or what runs is not known.
        if drift.declared.is_none() && drift.running.is_none() {
            continue;
        }
        for concerned in users.concerned(of) {
            let Some(mut with) = with_declared(concerned, path, drift.declared.as_ref()) else { continue };
            put_followers(&mut with, path.fact, *declared);
            let number = u32::try_from(questions.len() + 1).unwrap_or(u32::MAX);
            resources.push(Resource { source: number, ..with });
            questions.push(Question { drift: position, fact: path.fact, running: concerned, number });
        }
    }
    let mut asked: Vec<&Resource> = questions.iter().map(|question| question.running).collect();
    asked.sort_by(|a, b| a.id.cmp(&b.id));
    asked.dedup_by(|a, b| a.id == b.id);
    resources.extend(asked.into_iter().map(|resource| Resource { source: 0, ..resource.clone() }));
    let inventory = Inventory { resources, ..Inventory::default() };
    let results = evaluate(inventory, judges.policies, judges.baseline, judges.options);
    let verdicts = Verdicts::new(&results);
    for question in questions {
        if let Some(of) = drifts.get_mut(question.drift) {
            verdicts.answer(&question, &mut of.drift.effects);
        }
    }
    for DriftOf { drift, .. } in drifts {
        drift.effects.sort_by(|a, b| (b.severity, &a.rule).cmp(&(a.severity, &b.rule)).then_with(|| a.cmp(b)));
        drift.effects.dedup();
    }
}

/// The databases that use the parameter groups that drifted.
struct Users<'a> {
    by_group: FxHashMap<(Place<'a>, &'a str), Vec<&'a Resource>>,
}

/// Account, region, and whether the group is of clusters.
type Place<'a> = (Option<&'a str>, Option<&'a str>, bool);

fn place(resource: &Resource, is_of_clusters: bool) -> Place<'_> {
    (resource.scope.account.as_deref(), resource.scope.region.as_deref(), is_of_clusters)
}

fn is_of_clusters(group: &Resource) -> bool {
    group.resource_type.contains("_cluster_")
}

impl<'a> Users<'a> {
    fn new(drifts: &[DriftOf<'a>], running: &[&'a Resource], baseline: &Baseline) -> Self {
        let groups = drifts.iter().filter_map(|of| of.running.filter(|of| of.kind == Kind::ParameterGroup));
        let mut by_group: FxHashMap<(Place<'a>, &'a str), Vec<&'a Resource>> = groups
            .filter_map(|group| Some(((place(group, is_of_clusters(group)), group.name.as_deref()?), Vec::new())))
            .collect();
        if by_group.is_empty() {
            return Self { by_group };
        }
        let mut tiers: FxHashMap<(Place<'a>, &'a str), Vec<u16>> = FxHashMap::default();
        for database in running.iter().filter(|it| matches!(it.kind, Kind::Instance | Kind::Cluster)) {
            let Some(name) = database.facts.known(PARAMETER_GROUP).and_then(Value::as_str) else { continue };
            let key = (place(database, database.kind == Kind::Cluster), name);
            let Some(users) = by_group.get_mut(&key) else { continue };
            // One database of each tier: rules tell those of one group apart by nothing else.
            let tier = baseline.assign(database).tier;
            let of_group = tiers.entry(key).or_default();
            if !of_group.contains(&tier) {
                of_group.push(tier);
                users.push(database);
            }
        }
        Self { by_group }
    }

    /// The resources whose verdicts a drift concerns: its own, and those that use a group.
    fn concerned(&self, of: &'a Resource) -> Vec<&'a Resource> {
        let mut concerned = vec![of];
        if of.kind == Kind::ParameterGroup {
            let key = (place(of, is_of_clusters(of)), of.name.as_deref().unwrap_or_default());
            concerned.extend(self.by_group.get(&key).into_iter().flatten());
        }
        concerned
    }
}

/// What runs, with the declared value of one fact; `None` when it has no such fact.
fn with_declared(running: &Resource, path: &FactPath, declared: Option<&Value>) -> Option<Resource> {
    let missing = || FactState::Missing(crate::model::Text::Static("it is not declared"));
    let state = declared.map_or_else(missing, |value| FactState::Known(value.clone()));
    let mut with = running.clone();
    if path.fact.def().ty != FactType::Map {
        let fact = running.facts.get(path.fact)?;
        with.facts.set(path.fact, Fact { state, ..fact.clone() });
        return Some(with);
    }
    let mut map = running.facts.map(path.fact)?.clone();
    let key = path.key.as_ref()?;
    let entry = map.entries.get(key).map_or_else(|| Fact::new(state.clone(), map.origin.clone()), Clone::clone);
    match state {
        FactState::Missing(_) if path.fact != PARAMETERS => drop(map.entries.remove(key)),
        state => drop(map.entries.insert(Arc::clone(key), Fact { state, pending: None, ..entry })),
    }
    if path.fact == PARAMETERS
        && let (Some(tls), Some(engine)) = (running.facts.get(TLS_REQUIRED), running.facts.known(ENGINE))
    {
        let state = tls_required(engine.as_str().unwrap_or_default(), &map);
        with.facts.set(TLS_REQUIRED, Fact { state, ..tls.clone() });
    }
    with.facts.set_map(path.fact, map);
    Some(with)
}

/// Whether a person wants to know: a failure comes, goes, or becomes another one. A rule that fails for another reason, or is
/// not known either way, says nothing of the drift.
fn matters(declared: &Outcome, running: &Outcome) -> bool {
    let fails = |outcome: &Outcome| outcome.verdict == Verdict::Fail;
    match (fails(declared), fails(running)) {
        (true, true) => declared.messages != running.messages,
        (one, other) => one || other,
    }
}

/// Puts in what follows from a declared value, as far as it is known too: with other security groups come other ranges that may
/// connect.
fn put_followers(with: &mut Resource, leader: FactId, declared: Option<&Resource>) {
    let Some(declared) = declared else { return };
    for follower in followers(leader) {
        if let (Some(value), Some(fact)) = (declared.facts.known(follower), with.facts.get(follower)) {
            let state = FactState::Known(value.clone());
            with.facts.set(follower, Fact { state, ..fact.clone() });
        }
    }
}

/// The verdicts of all rules, by resource.
struct Verdicts<'r> {
    results: &'r Results,
    positions: FxHashMap<(&'r str, u32), u32>,
}

impl<'r> Verdicts<'r> {
    fn new(results: &'r Results) -> Self {
        let positions = (0u32..).zip(&results.resources).map(|(position, it)| ((it.id.as_ref(), it.source), position));
        Self { results, positions: positions.collect() }
    }

    /// How much a rule matters in the tier of a resource.
    fn severity(&self, rule: &Rule, resource: u32) -> Severity {
        let assignment = self.results.assignments.get(resource as usize);
        let tier = assignment.and_then(|assignment| self.results.tiers.get(usize::from(assignment.tier)));
        tier.map_or(rule.severity, |tier| tier.severity_of(rule))
    }

    fn answer(&self, question: &Question<'_>, effects: &mut Vec<DriftEffect>) {
        let position = |source: u32| self.positions.get(&(question.running.id.as_ref(), source)).copied();
        let (Some(as_is), Some(as_declared)) = (position(0), position(question.number)) else { return };
        for of_rule in &self.results.verdicts {
            let Some(rule) = self.results.rules.get(of_rule.rule) else { continue };
            let reads = |fact: FactId| rule.reads.iter().any(|path| path.fact == fact && !path.before);
            // What decides about TLS is derived from parameters.
            let is_concerned = reads(question.fact)
                || (question.fact == PARAMETERS && reads(TLS_REQUIRED))
                || followers(question.fact).any(reads);
            if !is_concerned {
                continue;
            }
            let outcome = |of: u32| -> Option<&Outcome> {
                let at = of_rule.verdicts.binary_search_by_key(&of, |(resource, _)| *resource).ok()?;
                of_rule.outcomes.get(of_rule.verdicts.get(at)?.1 as usize)
            };
            let (Some(running), Some(declared)) = (outcome(as_is), outcome(as_declared)) else { continue };
            if !matters(declared, running) {
                continue;
            }
            let messages = if running.verdict == Verdict::Fail { running.messages.clone() } else { Vec::new() };
            effects.push(DriftEffect {
                rule: Arc::clone(&rule.id),
                severity: self.severity(rule, as_is),
                declared: declared.verdict,
                running: running.verdict,
                messages,
            });
        }
    }
}
