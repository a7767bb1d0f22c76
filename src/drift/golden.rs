//! Drift of engine parameters from those that the baseline wants.
//!
//! A set of a baseline is for families of parameter groups and for tiers. Of several that are for a database, the first that
//! names a parameter decides. What is compared is what takes effect: a member's own group over its cluster's group over the
//! engine's defaults. A parameter that a member has from its cluster is told once, with the cluster.

mod running;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::facts::FactId;
use crate::facts::parameters::normalise;
use crate::model::{
    Against, Drift, DriftClass, DriftSubject, Fact, FactPath, FactState, Pending, Resource, Text, Value,
};
use crate::selection::Patterns;

use super::DriftOf;
use super::compare::{drifted, drifted_running, of_resource};
use super::differ::{Same, same_parameter};
use running::{Fleet, Setting};

/// The parameters that a baseline wants of some families and tiers.
#[derive(Debug)]
pub struct GoldenSet {
    families: Patterns,
    family_texts: Vec<String>,
    /// All, when there are none.
    tiers: Vec<Arc<str>>,
    parameters: BTreeMap<Arc<str>, Value>,
}

impl GoldenSet {
    pub(crate) fn new(
        families: Patterns,
        family_texts: Vec<String>,
        tiers: Vec<Arc<str>>,
        parameters: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let normal = |(name, value): (String, String)| {
            let value = Value::from(normalise(&name, &value));
            (Arc::from(name), value)
        };
        Self { families, family_texts, tiers, parameters: parameters.into_iter().map(normal).collect() }
    }

    /// The families that it is for, as they are written.
    pub fn families(&self) -> Vec<&str> {
        self.family_texts.iter().map(String::as_str).collect()
    }

    /// The tiers that it is for; all, when there are none.
    pub fn tiers(&self) -> &[Arc<str>] {
        &self.tiers
    }

    /// The values that it wants, by name.
    pub fn parameters(&self) -> &BTreeMap<Arc<str>, Value> {
        &self.parameters
    }

    fn is_for(&self, family: &str, tier: &str) -> bool {
        self.families.matches(family) && (self.tiers.is_empty() || self.tiers.iter().any(|name| **name == *tier))
    }
}

/// What a database should have: by name, in order.
type Wanted<'s> = Arc<BTreeMap<&'s Arc<str>, &'s Value>>;

/// Compares the parameters of everything that runs with those that the baseline wants. `running` is all of it, parameter
/// groups too, each with what declares it; `tier` gives the name of a resource's tier.
pub fn against_golden<'a>(
    sets: &[GoldenSet],
    running: &[(&'a Resource, Option<&'a Resource>)],
    tier: &dyn Fn(&Resource) -> Arc<str>,
) -> Vec<DriftOf<'a>> {
    if sets.is_empty() {
        return Vec::new();
    }
    let fleet = Fleet::new(running.iter().map(|(resource, _)| *resource));
    let mut wanted: FxHashMap<(String, Arc<str>), Wanted<'_>> = FxHashMap::default();
    let mut drifts = Vec::new();
    for (resource, declared) in running {
        let Some(fact) = running::parameters_of(resource.kind) else { continue };
        let Some(family) = fleet.family(resource, fact) else { continue };
        let key = (family, tier(resource));
        let wanted = match wanted.get(&key) {
            Some(wanted) => Arc::clone(wanted),
            None => {
                let made = Arc::new(wanted_of(sets, &key.0, &key.1));
                wanted.insert(key, Arc::clone(&made));
                made
            }
        };
        let one = One { fleet: &fleet, resource, declared: *declared, fact };
        drifts.extend(wanted.iter().filter_map(|(name, value)| one.drift(name, value)));
    }
    drifts
}

fn wanted_of<'s>(sets: &'s [GoldenSet], family: &str, tier: &str) -> BTreeMap<&'s Arc<str>, &'s Value> {
    let mut wanted = BTreeMap::new();
    for set in sets.iter().filter(|set| set.is_for(family, tier)) {
        for (name, value) in &set.parameters {
            wanted.entry(name).or_insert(value);
        }
    }
    wanted
}

/// One database.
struct One<'f, 'a> {
    fleet: &'f Fleet<'a>,
    resource: &'a Resource,
    declared: Option<&'a Resource>,
    fact: FactId,
}

impl<'a> One<'_, 'a> {
    fn drift(&self, name: &Arc<str>, wanted: &Value) -> Option<DriftOf<'a>> {
        let setting = self.fleet.setting(self.resource, self.fact, name)?;
        let (class, why) = classify(name, wanted.as_str().unwrap_or_default(), &setting)?;
        let fact = setting.fact();
        let who = self.fleet.who(self.resource, name, &setting);
        let told = [why, fact.map(apply_state), who];
        let reason = told.into_iter().flatten().collect::<Vec<_>>().join("; ");
        let drifted = match self.declared {
            Some(declared) => drifted(declared, Some(self.resource)),
            None => drifted_running(self.resource),
        };
        let drift = Drift {
            subject: DriftSubject::Fact(FactPath { before: false, fact: self.fact, key: Some(Arc::clone(name)) }),
            declared: Some(wanted.clone()),
            running: setting.state().known().cloned(),
            pending: fact.and_then(|fact| fact.pending.as_deref().cloned()),
            reason: (!reason.is_empty()).then(|| Text::from(reason)),
            ..of_resource(Arc::new(drifted), class, Against::Golden)
        };
        Some(DriftOf { drift, declared: self.declared, running: Some(self.resource) })
    }
}

/// What a setting is against what is wanted, and why, where the values do not say; `None` when it is no drift.
fn classify(name: &str, wanted: &str, setting: &Setting<'_>) -> Option<(DriftClass, Option<String>)> {
    let same = |value: &Value| same_parameter(name, wanted, value.as_str().unwrap_or_default());
    let to_come = setting.fact().and_then(|fact| fact.pending.as_deref()).map(|pending| same(&pending.value));
    let runs = setting.state();
    let unverifiable = |why: String| Some((DriftClass::Unverifiable, Some(why)));
    match (runs, runs.known().map(same), to_come) {
        (FactState::Missing(_), ..) | (_, Some(Same::Yes), None | Some(Same::Yes)) => None,
        (_, Some(Same::Yes), Some(_)) => Some((DriftClass::Pending, Some("another value waits".to_owned()))),
        (_, _, Some(Same::Yes)) => Some((DriftClass::Pending, None)),
        (_, Some(Same::No), _) | (_, None, Some(Same::No)) => Some((DriftClass::Changed, None)),
        (_, Some(Same::Unclear(why)), _) | (_, None, Some(Same::Unclear(why))) => unverifiable(why.to_owned()),
        (FactState::Unknown(why) | FactState::Partial(_, why), None, None) => unverifiable(why.to_string()),
        (FactState::Known(_), None, None) => None,
    }
}

/// Whether the value is in force.
fn apply_state(fact: &Fact) -> String {
    match fact.pending.as_deref() {
        Some(Pending { waits_for, .. }) if waits_for.as_str() == "reboot" => "pending reboot".to_owned(),
        Some(Pending { waits_for, .. }) => format!("waits for: {waits_for}"),
        None => "in sync".to_owned(),
    }
}
