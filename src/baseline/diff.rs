//! What a change of a baseline does to the verdicts on the same databases.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::facts::catalogue::TAGS;
use crate::model::{Coming, FactState, Finding, Resource, Results, Severity, Value, Verdict};

/// What becomes of one verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// It did not fail, and will.
    NewlyFails,
    /// It fails, and matters more.
    Graver,
    /// It fails, and matters less.
    Milder,
    /// It fails no more.
    NoLongerFails,
}

impl Effect {
    /// Every effect, in the order of reports.
    pub const ALL: [Self; 4] = [Self::NewlyFails, Self::Graver, Self::Milder, Self::NoLongerFails];

    /// In words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NewlyFails => "newly fails",
            Self::Graver => "graver",
            Self::Milder => "milder",
            Self::NoLongerFails => "no longer fails",
        }
    }
}

/// One verdict that becomes another.
#[derive(Clone, Debug, Serialize)]
pub struct Change<'r> {
    /// What becomes of it.
    pub effect: Effect,
    /// The rule's id.
    pub rule: &'r str,
    /// The good state.
    pub title: &'r str,
    /// The resource.
    pub resource: &'r str,
    /// The tier by the new baseline.
    pub tier: &'r str,
    /// The tier by the old one, where it is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier_before: Option<&'r str>,
    /// Why that tier.
    pub tier_reason: &'r str,
    /// Whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Arc<str>>,
    /// How much the failure matters by the new baseline, or mattered by the old one when it is gone.
    pub severity: Severity,
    /// How much it mattered by the old one, when it failed there too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity_before: Option<Severity>,
    /// What the rule says of it.
    pub messages: &'r [Arc<str>],
    /// The verdict by the other baseline; absent when the rule is not used there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_verdict: Option<Verdict>,
}

/// How many changes of each effect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Newly fail.
    pub newly_fails: usize,
    /// Matter more.
    pub graver: usize,
    /// Matter less.
    pub milder: usize,
    /// Fail no more.
    pub no_longer_fails: usize,
}

impl Counts {
    fn add(&mut self, effect: Effect) {
        match effect {
            Effect::NewlyFails => self.newly_fails += 1,
            Effect::Graver => self.graver += 1,
            Effect::Milder => self.milder += 1,
            Effect::NoLongerFails => self.no_longer_fails += 1,
        }
    }

    /// How many of one effect.
    pub fn of(&self, effect: Effect) -> usize {
        match effect {
            Effect::NewlyFails => self.newly_fails,
            Effect::Graver => self.graver,
            Effect::Milder => self.milder,
            Effect::NoLongerFails => self.no_longer_fails,
        }
    }
}

/// What a change of a baseline does.
#[derive(Debug)]
pub struct BaselineDiff<'r> {
    /// By the old baseline.
    pub old: &'r Results,
    /// By the new one, of the same input.
    pub new: &'r Results,
    /// By effect, then the gravest first, then by rule and resource.
    pub changes: Vec<Change<'r>>,
    /// What the new baseline announces.
    pub coming: &'r [Coming],
}

/// What a resource is known by in both.
type Key<'r> = (&'r str, &'r str, u32);

fn key<'r>(finding: &Finding<'r>) -> Key<'r> {
    (&finding.rule.id, &finding.resource.id, finding.resource.source)
}

/// Compares what two baselines say of the same input. The tag that names the owner is given by its key.
pub fn diff<'r>(old: &'r Results, new: &'r Results, owner: &str) -> BaselineDiff<'r> {
    let failed = |results: &'r Results| -> FxHashMap<Key<'r>, Finding<'r>> {
        results.findings(&[Verdict::Fail]).map(|finding| (key(&finding), finding)).collect()
    };
    let (before, after) = (failed(old), failed(new));
    let mut changes = Vec::new();
    for finding in new.findings(&[Verdict::Fail]) {
        let was = before.get(&key(&finding)).map(Finding::severity);
        let effect = match was {
            None => Effect::NewlyFails,
            Some(was) if was < finding.severity() => Effect::Graver,
            Some(was) if was > finding.severity() => Effect::Milder,
            Some(_) => continue,
        };
        changes.push((effect, finding, was));
    }
    let gone = old.findings(&[Verdict::Fail]).filter(|finding| !after.contains_key(&key(finding)));
    changes.extend(gone.map(|finding| (Effect::NoLongerFails, finding, None)));
    let (old_verdicts, new_verdicts) = (Others::new(old), Others::new(new));
    let change = |(effect, finding, was): (Effect, Finding<'r>, Option<Severity>)| {
        let others = if effect == Effect::NoLongerFails { &new_verdicts } else { &old_verdicts };
        others.change(effect, &finding, was, owner)
    };
    let mut changes: Vec<Change<'r>> = changes.into_iter().map(change).collect();
    changes.sort_by(|a, b| {
        let rank = |of: &Change<'r>| (of.effect, Reverse(of.severity), of.rule, of.resource);
        rank(a).cmp(&rank(b))
    });
    BaselineDiff { old, new, changes, coming: &new.coming }
}

/// The verdicts of the other side.
struct Others<'r> {
    results: &'r Results,
    resources: FxHashMap<(&'r str, u32), u32>,
    rules: FxHashMap<&'r str, usize>,
}

impl<'r> Others<'r> {
    fn new(results: &'r Results) -> Self {
        let resources = (0u32..).zip(&results.resources).map(|(position, it)| ((&*it.id, it.source), position));
        let rules = results.rules.iter().enumerate().map(|(position, rule)| (&*rule.id, position));
        Self { results, resources: resources.collect(), rules: rules.collect() }
    }

    fn change(&self, effect: Effect, finding: &Finding<'r>, was: Option<Severity>, owner: &str) -> Change<'r> {
        let resource = self.resources.get(&(&*finding.resource.id, finding.resource.source)).copied();
        let other_tier = resource.and_then(|resource| {
            let assignment = self.results.assignments.get(resource as usize)?;
            self.results.tiers.get(usize::from(assignment.tier)).map(|tier| &*tier.name)
        });
        let is_gone = effect == Effect::NoLongerFails;
        let (tier, before) = match other_tier {
            Some(other) if is_gone => (other, &*finding.tier.name),
            Some(other) => (&*finding.tier.name, other),
            None => (&*finding.tier.name, &*finding.tier.name),
        };
        Change {
            effect,
            rule: &finding.rule.id,
            title: &finding.rule.title,
            resource: &finding.resource.id,
            tier,
            tier_before: (before != tier).then_some(before),
            tier_reason: finding.tier_reason,
            owner: owner_of(finding.resource, owner),
            severity: finding.severity(),
            severity_before: was,
            messages: &finding.outcome.messages,
            other_verdict: resource.and_then(|resource| self.verdict(&finding.rule.id, resource)),
        }
    }

    fn verdict(&self, rule: &str, resource: u32) -> Option<Verdict> {
        let of_rule = self.results.verdicts.get(*self.rules.get(rule)?)?;
        let at = of_rule.verdicts.binary_search_by_key(&resource, |(resource, _)| *resource).ok()?;
        of_rule.outcomes.get(of_rule.verdicts.get(at)?.1 as usize).map(|outcome| outcome.verdict)
    }
}

/// Who owns a resource, by a tag; keys match whatever their case.
fn owner_of(resource: &Resource, tag: &str) -> Option<Arc<str>> {
    let tags = resource.facts.map(TAGS)?;
    let (_, fact) = tags.entries.iter().find(|(key, _)| key.eq_ignore_ascii_case(tag))?;
    match &fact.state {
        FactState::Known(Value::String(owner)) => Some(Arc::clone(owner)),
        _ => None,
    }
}

impl BaselineDiff<'_> {
    /// How many changes of each effect.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        self.changes.iter().for_each(|change| counts.add(change.effect));
        counts
    }

    /// The same by tier and owner; `None` is what nobody owns.
    pub fn by_owner(&self) -> BTreeMap<(&str, Option<&str>), Counts> {
        let mut all: BTreeMap<(&str, Option<&str>), Counts> = BTreeMap::new();
        for change in &self.changes {
            all.entry((change.tier, change.owner.as_deref())).or_default().add(change.effect);
        }
        all
    }

    /// Whether the gate would newly fail: something fails that did not, at this severity or above it, or has risen to it.
    pub fn fails(&self, from: Severity) -> bool {
        self.changes.iter().any(|change| match change.effect {
            Effect::NewlyFails => change.severity >= from,
            Effect::Graver => change.severity >= from && change.severity_before.is_some_and(|before| before < from),
            Effect::Milder | Effect::NoLongerFails => false,
        })
    }
}
