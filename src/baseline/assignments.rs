//! From `assign` as it is written to what picks the tier of a resource.

use std::sync::Arc;

use super::assign::{Assigner, Condition, Entry, Otherwise, TagSet};
use super::build::Tiers;
use super::layers::Layer;
use super::pattern::Patterns;
use super::raw::{RawBaseline, RawEntry, RawTag};
use crate::yaml::problems::Problems;

/// Compiles the entries of all files, those of the nearest first, and the tier of what none of them matches.
pub(super) fn assigner(layers: &mut [Layer], tiers: &Tiers) -> Option<Assigner> {
    let mut entries = Vec::new();
    let mut otherwise = None;
    let mut is_complete = true;
    for Layer { raw, problems, .. } in layers.iter_mut().rev() {
        is_complete &= raw.assign_complete;
        for entry in &raw.assign {
            is_complete &= tiers.known(&entry.tier, problems).is_some();
        }
        let of_layer = of_layer(raw, tiers, problems);
        otherwise = otherwise.or(of_layer);
        let compiled = raw.assign.iter().filter(|entry| !entry.default).filter_map(|raw| {
            let (reason, conditions) = compile(raw, problems);
            Some(Entry { tier: tiers.find(&raw.tier.value)?, reason: reason.into(), conditions })
        });
        entries.extend(compiled);
    }
    // Without a default there is one tier that what is left is judged by, and the first is the strictest as people write them.
    let otherwise = otherwise.unwrap_or(Otherwise::Untiered(0));
    if is_complete {
        unassigned(layers, tiers, &otherwise);
    }
    Some(Assigner::new(entries, otherwise, &tiers.heads.get(usize::from(otherwise.tier()))?.name))
}

/// A tier that nothing is assigned to is a forgotten line: its parameters would hold for nobody.
fn unassigned(layers: &mut [Layer], tiers: &Tiers, otherwise: &Otherwise) {
    for (position, (head, (layer, place))) in tiers.heads.iter().zip(&tiers.places).enumerate() {
        let is_assigned = usize::from(otherwise.tier()) == position
            || layers.iter().any(|layer| layer.raw.assign.iter().any(|entry| *entry.tier.value == *head.name));
        let Some(defined) = layers.get_mut(*layer).filter(|_| !is_assigned) else { continue };
        let near = tiers.near(position).filter(|_| defined.raw.extends.is_some());
        let help = match near {
            Some(near) => format!("did you mean `{near}`? A new tier needs an entry of `assign`"),
            None => "add it to `assign`, or take it out".to_owned(),
        };
        defined.problems.add_with_help(*place, format!("nothing is assigned to tier `{}`", head.name), help);
    }
}

/// What one file says of resources that no entry matches.
fn of_layer(raw: &RawBaseline, tiers: &Tiers, problems: &mut Problems) -> Option<Otherwise> {
    let default = default_entry(raw, problems);
    let untiered = raw.untiered.as_ref();
    if let (Some(_), Some(untiered)) = (default, untiered) {
        let help = "take out `untiered`, or the default, which leaves no database without a tier";
        problems.add_with_help(untiered.place, "`untiered` beside a default has no meaning", help);
    }
    let fallback = untiered.and_then(|untiered| tiers.known(untiered, problems)).map(Otherwise::Untiered);
    let default = default.and_then(|entry| tiers.find(&entry.tier.value)).map(Otherwise::Default);
    default.or(fallback)
}

/// The one default, which is the last entry: whatever stood after it could never match.
fn default_entry<'r>(raw: &'r RawBaseline, problems: &mut Problems) -> Option<&'r RawEntry> {
    for entry in &raw.assign {
        match (entry.default, entry.has_conditions) {
            (true, true) => problems.add_with_help(
                entry.place,
                "the default has conditions, but it takes what is left",
                "take out `default: true`, or the conditions",
            ),
            (false, false) => problems.add_with_help(
                entry.place,
                "the assignment has no condition",
                "add `tags`, `account`, `name` or `engine`, or write `default: true`",
            ),
            _ => {}
        }
    }
    let mut defaults = raw.assign.iter().filter(|entry| entry.default);
    let first = defaults.next()?;
    if let Some(second) = defaults.next() {
        let help = format!("the first is at line {}; keep one of them, as the last entry", first.place.0);
        problems.add_with_help(second.place, "there are two defaults", help);
    } else if raw.assign.last().is_some_and(|last| last.place != first.place) {
        problems.add_with_help(first.place, "the default is not last", "what stands after it could never match");
    }
    Some(first)
}

/// The conditions of an entry, and the reason to give when they hold together.
fn compile(raw: &RawEntry, problems: &mut Problems) -> (String, Vec<Condition>) {
    let mut reasons = Vec::new();
    let mut conditions = Vec::new();
    if !raw.tags.is_empty() {
        let sets: Vec<TagSet> = raw.tags.iter().map(|set| tag_set(set, problems)).collect();
        reasons.push(sets.iter().map(|set| set.reason.as_ref()).collect::<Vec<_>>().join(" or "));
        conditions.push(Condition::Tags(sets));
    }
    for (what, texts, condition) in [
        ("account", &raw.account, Condition::Account as fn(Patterns) -> Condition),
        ("name", &raw.name, Condition::Name),
        ("engine", &raw.engine, Condition::Engine),
    ] {
        if !texts.is_empty() {
            let patterns = Patterns::new(texts, |text, is_glob| reason(what, text, is_glob), problems);
            reasons.push(together(what, &patterns));
            conditions.push(condition(patterns));
        }
    }
    (reasons.join(" and "), conditions)
}

fn tag_set(raw: &[RawTag], problems: &mut Problems) -> TagSet {
    let mut tags = Vec::with_capacity(raw.len());
    for RawTag { key, values } in raw {
        let reason = |text: &str, is_glob: bool| match is_glob {
            true => format!("tag {} matches {text}", key.value),
            false => format!("tag {}={text}", key.value),
        };
        tags.push((Arc::from(key.value.as_str()), Patterns::new(values, reason, problems)));
    }
    let reasons: Vec<String> =
        tags.iter().map(|(key, patterns)| format!("tag {key}={}", patterns.texts().join("|"))).collect();
    TagSet { reason: reasons.join(" and ").into(), tags }
}

fn reason(what: &str, text: &str, is_glob: bool) -> String {
    let verb = if is_glob { "matches" } else { "is" };
    format!("{what} {verb} {text}")
}

fn together(what: &str, patterns: &Patterns) -> String {
    format!("{what} matches {}", patterns.texts().join("|"))
}
