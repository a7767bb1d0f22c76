//! What changes from one day to another.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Phase;
use crate::model::{Severity, Value};

/// What changes on one day.
#[derive(Debug, Serialize)]
pub struct ChangeDescription<'b> {
    /// The first day.
    pub from: String,
    /// Why, in the words of the files.
    pub reasons: Vec<&'b str>,
    /// Parameters that get another value.
    pub parameters: Vec<ChangedParameter<'b>>,
    /// Rules that get another severity.
    pub severities: Vec<ChangedSeverity<'b>>,
    /// The ids of rules that are used from then on.
    pub added: Vec<&'b str>,
    /// The ids of rules that are used no more.
    pub removed: Vec<&'b str>,
}

/// A parameter that gets another value in some tiers.
#[derive(Debug, Serialize)]
pub struct ChangedParameter<'b> {
    /// Its name.
    pub name: &'b str,
    /// The tiers in which it changes in this way.
    pub tiers: Vec<&'b str>,
    /// Its value before.
    pub before: &'b Value,
    /// Its value from then on.
    pub after: &'b Value,
}

/// A rule that gets another severity in some tiers.
#[derive(Debug, Serialize)]
pub struct ChangedSeverity<'b> {
    /// Its id.
    pub rule: &'b str,
    /// The tiers in which it changes in this way.
    pub tiers: Vec<&'b str>,
    /// Its severity before.
    pub before: Severity,
    /// Its severity from then on.
    pub after: Severity,
}

/// What each phase changes of the one before it.
pub(super) fn of<'b>(mut before: &'b Phase, coming: &'b [Phase]) -> Vec<ChangeDescription<'b>> {
    let mut all = Vec::with_capacity(coming.len());
    for after in coming {
        all.push(ChangeDescription {
            from: after.from().map(|from| from.to_string()).unwrap_or_default(),
            reasons: after.reasons().iter().map(AsRef::as_ref).collect(),
            parameters: parameters(before, after),
            severities: severities(before, after),
            added: after.used.difference(&before.used).map(AsRef::as_ref).collect(),
            removed: before.used.difference(&after.used).map(AsRef::as_ref).collect(),
        });
        before = after;
    }
    all
}

fn parameters<'b>(before: &'b Phase, after: &'b Phase) -> Vec<ChangedParameter<'b>> {
    let mut all: Vec<ChangedParameter<'b>> = Vec::new();
    for (old, new) in before.tiers.iter().zip(&after.tiers) {
        for (name, value) in &new.parameters {
            let Some(was) = old.parameters.get(name).filter(|was| *was != value) else { continue };
            match all.iter_mut().find(|of| (of.name, of.before, of.after) == (name, was, value)) {
                Some(known) => known.tiers.push(&new.name),
                None => all.push(ChangedParameter { name, tiers: vec![&new.name], before: was, after: value }),
            }
        }
    }
    all.sort_by_key(|of| of.name);
    all
}

fn severities<'b>(before: &'b Phase, after: &'b Phase) -> Vec<ChangedSeverity<'b>> {
    let mut all: BTreeMap<(&str, Severity, Severity), Vec<&str>> = BTreeMap::new();
    for rule in after.rules.iter().filter(|rule| before.uses(rule)) {
        for (old, new) in before.tiers.iter().zip(&after.tiers) {
            let (was, is) = (old.severity_of(rule), new.severity_of(rule));
            if was != is {
                all.entry((&rule.id, was, is)).or_default().push(&new.name);
            }
        }
    }
    let row = |((rule, before, after), tiers)| ChangedSeverity { rule, tiers, before, after };
    all.into_iter().map(row).collect()
}
