//! What a baseline asks for, and since when: what its files set, one over the other, on the days on which that changes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::parameters::Set;
use super::rules::{Ids, RuleChange};
use crate::model::{Rule, Severity, Tier};
use crate::yaml::problems::Place;

/// What a baseline asks for from one day to another.
#[derive(Debug)]
pub struct Phase {
    pub(super) from: Option<Date>,
    pub(super) reasons: Vec<Arc<str>>,
    pub(super) tiers: Vec<Tier>,
    /// By tier.
    pub(super) origins: Vec<Origins>,
    pub(super) rules: Vec<Arc<Rule>>,
    /// The ids of `rules`.
    pub(super) used: Ids,
}

/// Who set the values of a tier.
#[derive(Debug, Default)]
pub(super) struct Origins {
    /// By parameter; what is not there has the default of its rule.
    pub(super) parameters: BTreeMap<Arc<str>, Origin>,
    /// By rule; what is not there has its own severity.
    pub(super) severity: BTreeMap<Arc<str>, Origin>,
}

/// Who set a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: u32,
    /// Whether it is set for every tier at once.
    pub every_tier: bool,
    /// The day since which it holds; `None` when it always did.
    pub from: Option<Date>,
}

/// What one file sets, or one dated change of it.
#[derive(Debug)]
pub(super) struct Overlay {
    pub(super) file: Arc<str>,
    pub(super) from: Option<Date>,
    pub(super) reason: Option<Arc<str>>,
    pub(super) rules: RuleChange,
    pub(super) every_tier: Settings,
    /// By position of the tier.
    pub(super) tiers: Vec<(usize, Settings)>,
}

/// What is set for a tier, or for all of them.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub(super) parameters: Vec<Set>,
    /// In the order in which they apply.
    pub(super) severity: Vec<SetSeverity>,
}

/// A severity that is set, and where.
#[derive(Debug)]
pub(super) struct SetSeverity {
    pub(super) rule: Arc<str>,
    pub(super) severity: Severity,
    pub(super) place: Place,
}

/// A tier, before anything is set in it.
#[derive(Debug)]
pub(super) struct TierHead {
    pub(super) name: Arc<str>,
    pub(super) description: Arc<str>,
}

impl Phase {
    /// The first day; `None` for what holds before any change that is written with a day.
    pub fn from(&self) -> Option<Date> {
        self.from
    }

    /// Why it changes what was before, in the words of the files.
    pub fn reasons(&self) -> &[Arc<str>] {
        &self.reasons
    }

    /// The tiers, with the parameters and severities that hold.
    pub fn tiers(&self) -> &[Tier] {
        &self.tiers
    }

    /// Whether it uses a rule.
    pub fn uses(&self, rule: &Rule) -> bool {
        self.used.contains(&rule.id)
    }

    /// Who set a parameter of a tier; `None` when it has the default of its rule.
    pub fn origin(&self, tier: u16, parameter: &str) -> Option<&Origin> {
        self.origins.get(usize::from(tier))?.parameters.get(parameter)
    }

    /// Who set the severity of a rule in a tier; `None` when it is the rule's own.
    pub fn severity_origin(&self, tier: u16, rule: &str) -> Option<&Origin> {
        self.origins.get(usize::from(tier))?.severity.get(rule)
    }
}

/// What holds before any day, and the phases by their days. Overlays come in the order in which one is laid
/// over the other: the file that extends nothing first, of each file the changes after what it says without a day.
pub(super) fn phases(overlays: &[Overlay], tiers: &[TierHead], loaded: &[Arc<Rule>]) -> (Phase, Vec<Phase>) {
    let days: BTreeSet<Date> = overlays.iter().filter_map(|overlay| overlay.from).collect();
    let dated = days.into_iter().map(|day| phase(Some(day), overlays, tiers, loaded)).collect();
    (phase(None, overlays, tiers, loaded), dated)
}

fn phase(day: Option<Date>, overlays: &[Overlay], heads: &[TierHead], loaded: &[Arc<Rule>]) -> Phase {
    let in_force: Vec<&Overlay> = overlays.iter().filter(|overlay| overlay.from <= day).collect();
    let all: Ids = loaded.iter().map(|rule| rule.id.clone()).collect();
    let used = in_force.iter().fold(all, |used, overlay| overlay.rules.apply(&used));
    let mut rules: Vec<Arc<Rule>> = loaded.iter().filter(|rule| used.contains(&rule.id)).cloned().collect();
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    let resolved = heads.iter().enumerate().map(|(position, head)| resolve(position, head, &in_force, &rules));
    let (tiers, origins) = resolved.unzip();
    let reasons = in_force.iter().filter(|overlay| overlay.from == day).filter_map(|overlay| overlay.reason.clone());
    Phase { from: day, reasons: reasons.collect(), tiers, origins, rules, used }
}

/// A tier with everything that the overlays set in it, a later one over an earlier one.
fn resolve(position: usize, head: &TierHead, overlays: &[&Overlay], rules: &[Arc<Rule>]) -> (Tier, Origins) {
    let mut origins = Origins::default();
    let mut parameters = BTreeMap::new();
    let mut severity: BTreeMap<Arc<str>, Severity> = BTreeMap::new();
    for overlay in overlays {
        let own = overlay.tiers.iter().filter(|(tier, _)| *tier == position).map(|(_, settings)| (settings, false));
        for (settings, every_tier) in [(&overlay.every_tier, true)].into_iter().chain(own) {
            let origin =
                |place: Place| Origin { file: overlay.file.clone(), line: place.0, every_tier, from: overlay.from };
            for set in &settings.parameters {
                parameters.insert(set.name.clone(), set.value.clone());
                origins.parameters.insert(set.name.clone(), origin(set.place));
            }
            for set in &settings.severity {
                severity.insert(set.rule.clone(), set.severity);
                origins.severity.insert(set.rule.clone(), origin(set.place));
            }
        }
    }
    let mut resolved = BTreeMap::new();
    for (name, spec) in rules.iter().flat_map(|rule| &rule.parameters) {
        let value = parameters.get(name).unwrap_or(&spec.default);
        resolved.entry(name.clone()).or_insert_with(|| value.clone());
    }
    // What is said again is no difference, whoever says it.
    severity.retain(|id, severity| rules.iter().any(|rule| rule.id == *id && rule.severity != *severity));
    let tier = Tier { name: head.name.clone(), description: head.description.clone(), parameters: resolved, severity };
    (tier, origins)
}
