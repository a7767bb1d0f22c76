//! From a baseline as it is written to one that is valid: every name is looked up, every value is checked.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::assign::{Assigner, Condition, Entry, Reasons, TagSet};
use super::engines::{self, Engines};
use super::parameters::{Takers, resolve};
use super::pattern::Patterns;
use super::raw::{self, RawBaseline, RawEngines, RawEntry, RawTag};
use super::{Baseline, ENGINES, ENGINES_FILE, Read, decode, rules};
use crate::diagnostic::Diagnostic;
use crate::model::{Rule, Tier};
use crate::yaml::fields::did_you_mean;
use crate::yaml::problems::Problems;
use crate::yaml::{self, At};

/// Reads a baseline from its text; `read` reads the files that it refers to, which are beside it.
pub(super) fn baseline(
    source: &str,
    text: &str,
    read: Read<'_>,
    loaded: &[Arc<Rule>],
) -> Result<Baseline, Vec<Diagnostic>> {
    let mut problems = Problems::new(source, text);
    let raw = yaml::read(text, &mut problems).and_then(|root| raw::read(&root, &mut problems));
    let baseline = raw.and_then(|raw| build(raw, text, read, loaded, &mut problems));
    problems.finish(baseline)
}

/// Gives a baseline its meaning.
pub(super) fn build(
    raw: RawBaseline,
    text: &str,
    read: Read<'_>,
    loaded: &[Arc<Rule>],
    problems: &mut Problems,
) -> Option<Baseline> {
    let selection = rules::select(&raw.rules, loaded, problems);
    let tiers = tiers(&raw, loaded, &selection.used, problems);
    let assigner = assigner(&raw, problems);
    Some(Baseline {
        name: raw.name.value.as_str().into(),
        description: text_of(raw.description.as_ref()),
        sha256: Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect(),
        tiers,
        used: selection.used.iter().map(|rule| rule.id.clone()).collect(),
        rules: selection.used,
        notes: selection.notes,
        engines: engines(&raw.engines, read, problems)?,
        assigner: assigner?,
        waiver_limits: raw.waivers,
        drift: raw.drift,
    })
}

fn text_of(text: Option<&At<String>>) -> Arc<str> {
    text.map_or("", |text| text.value.trim()).into()
}

fn tiers(raw: &RawBaseline, loaded: &[Arc<Rule>], used: &[Arc<Rule>], problems: &mut Problems) -> Vec<Tier> {
    let takers = Takers::new(loaded);
    let shared = takers.check(&format!("baseline `{}`", raw.name.value), &raw.parameters, problems);
    let resolved = raw.tiers.iter().map(|tier| {
        let own = takers.check(&format!("tier `{}`", tier.name.value), &tier.parameters, problems);
        Tier {
            name: tier.name.value.as_str().into(),
            description: text_of(tier.description.as_ref()),
            parameters: resolve(used, &shared, &own),
        }
    });
    resolved.collect()
}

fn engines(raw: &RawEngines, read: Read<'_>, problems: &mut Problems) -> Option<Engines> {
    let engines = match raw {
        RawEngines::Embedded | RawEngines::Inline(_) => engines::read(ENGINES_FILE, ENGINES),
        RawEngines::File(name) => {
            let path = Path::new(problems.file()).with_file_name(&name.value);
            let path = path.to_string_lossy();
            match read(&path) {
                Ok(bytes) => decode(&path, bytes).and_then(|text| engines::read(&path, &text)),
                Err(error) => Err(vec![problems.diagnostic(name.place, format!("`{path}` cannot be read: {error}"))]),
            }
        }
    };
    let mut engines = engines.map_err(|found| problems.adopt(found)).ok()?;
    if let RawEngines::Inline(node) = raw {
        engines::overlay(&mut engines, node, problems);
    }
    Some(engines)
}

fn assigner(raw: &RawBaseline, problems: &mut Problems) -> Option<Assigner> {
    let positions: BTreeMap<&str, u16> =
        raw.tiers.iter().zip(0..).map(|(tier, position)| (tier.name.value.as_str(), position)).collect();
    let tier_of = |entry: &RawEntry| positions.get(entry.tier.value.as_str()).copied();
    for entry in raw.assign.iter().filter(|entry| tier_of(entry).is_none()) {
        let known: Vec<&str> = positions.keys().copied().collect();
        let title = format!("there is no tier `{}`", entry.tier.value);
        problems.add_with_help(entry.tier.place, title, did_you_mean(&entry.tier.value, &known));
    }
    if raw.assign_complete {
        unassigned(raw, problems);
    }
    let default = default_entry(raw, problems)?;
    let entries = raw.assign.iter().filter(|entry| !entry.default).filter_map(|raw| {
        let compiled = compile(raw, problems);
        Some(Entry { tier: tier_of(raw)?, reason: compiled.0.into(), conditions: compiled.1 })
    });
    Some(Assigner {
        entries: entries.collect(),
        default: tier_of(default)?,
        accounts: BTreeMap::new(),
        reasons: Reasons::default(),
    })
}

/// A tier that nothing is assigned to is a forgotten line: its parameters would hold for nobody.
fn unassigned(raw: &RawBaseline, problems: &mut Problems) {
    for tier in &raw.tiers {
        if !raw.assign.iter().any(|entry| entry.tier.value == tier.name.value) {
            let title = format!("nothing is assigned to tier `{}`", tier.name.value);
            problems.add_with_help(tier.name.place, title, "add it to `assign`, or take it out");
        }
    }
}

/// The one default, which is the last entry: whatever stood after it could never match.
fn default_entry<'r>(raw: &'r RawBaseline, problems: &mut Problems) -> Option<&'r RawEntry> {
    for entry in &raw.assign {
        match (entry.default, entry.has_conditions) {
            (true, true) => problems.add(entry.place, "the default has conditions, but it takes what is left"),
            (false, false) => problems.add_with_help(
                entry.place,
                "the assignment has no condition",
                "add `tags`, `account`, `name` or `engine`, or write `default: true`",
            ),
            _ => {}
        }
    }
    let mut defaults = raw.assign.iter().filter(|entry| entry.default);
    let Some(first) = defaults.next() else {
        if raw.assign_complete {
            no_default(raw, problems);
        }
        return None;
    };
    if let Some(second) = defaults.next() {
        let help = format!("the first is at line {}", first.place.0);
        problems.add_with_help(second.place, "there are two defaults", help);
    } else if raw.assign.last().is_some_and(|last| last.place != first.place) {
        problems.add_with_help(first.place, "the default is not last", "what stands after it could never match");
    }
    Some(first)
}

fn no_default(raw: &RawBaseline, problems: &mut Problems) {
    let tier = raw.tiers.last().map_or("tier-2", |tier| tier.name.value.as_str());
    let help = format!("end `assign` with `{{tier: {tier}, default: true}}`");
    problems.add_with_help(raw.assign_place, "there is no default tier", help);
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
