//! Whether a manifest is about the facts of its bundle: what it says of the scope, of what was read and of what is withheld can
//! all be found out from them.

use std::sync::Arc;

use super::FACTS;
use super::manifest::{Covered, Manifest, RedactionRow, is_digest};
use super::read::Read;
use super::record::facts_of;
use super::redact::{DIGEST, PENDING, Target, target, with_it};
use crate::facts;
use crate::facts::catalogue::{ENGINE, TAGS};
use crate::model::{FactPath, FactState, Resource};

/// What a manifest says that the facts do not.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct About {
    /// What no dbkeel writes.
    pub(super) wrong: Vec<String>,
    /// What this dbkeel does not know, and another may.
    pub(super) unknown: Vec<String>,
}

/// Checks a manifest.
pub(super) fn check(manifest: &Manifest, read: &Read) -> About {
    let inventory = &read.inventory;
    let seen = Covered::of(&inventory.scopes, &inventory.resources, inventory.resources_seen, inventory.gaps.len());
    let told = manifest.read.iter().map(|row| (row.path.as_str(), row.kind.as_str(), row.sha256.as_str()));
    let sources = inventory.sources.iter().map(|of| (of.path.as_ref(), of.kind.as_str(), of.digest()));
    let mut about = withheld(manifest.redaction.as_ref(), read);
    if manifest.scope != seen || !told.eq(sources) {
        about.wrong.insert(0, format!("the scope and the sources of manifest.json are not those of {FACTS}"));
    }
    about
}

/// Checks that a bundle withholds what it says that it does, and nothing else.
fn withheld(row: Option<&RedactionRow>, read: &Read) -> About {
    let mut told = About::default();
    let digests = || read.beside.iter().flat_map(|(_, beside)| &beside.redacted);
    let Some(row) = row else {
        if digests().next().is_some() {
            told.wrong.push("facts are withheld of which manifest.json does not tell".to_owned());
        }
        return told;
    };
    let targets = match row.facts.iter().map(|name| target(name)).collect::<Result<Vec<Target>, _>>() {
        Ok(targets) => targets,
        Err(why) => {
            told.unknown.push(format!("what manifest.json says is withheld is not known: {why}"));
            return told;
        }
    };
    let is_key = |id: &String| id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    if row.digest != DIGEST || !row.key_id.as_ref().is_none_or(is_key) || !row.facts.is_sorted_by(|a, b| a < b) {
        told.wrong.push("manifest.json does not say what is withheld as dbkeel does".to_owned());
    }
    if row.values != digests().count() {
        let (values, count) = (row.values, digests().count());
        told.wrong.push(format!("manifest.json says that {values} values are withheld, and there are {count} digests"));
    }
    let saying = targets.iter().flat_map(|(fact, _)| with_it(*fact)).map(|fact| (fact, None));
    let all: Vec<Target> = targets.iter().cloned().chain(saying).collect();
    let is_withheld = |(path, digest): &(&String, &String)| {
        let parsed = serde_json::from_value::<FactPath>(path.strip_prefix(PENDING).unwrap_or(path).into());
        is_digest(digest) && parsed.is_ok_and(|path| all.iter().any(|target| is_of(&path, target)))
    };
    if let Some((path, _)) = digests().find(|digest| !is_withheld(digest)) {
        told.wrong.push(format!("the digest of `{path}` is none of a fact that manifest.json says is withheld"));
    }
    told.wrong.extend(standing(&targets, read).map(|name| format!("`{name}` is withheld, and stands in the facts")));
    told
}

/// The first fact that is said to be withheld and is not.
fn standing(targets: &[Target], read: &Read) -> Option<String> {
    let is_target = |path: &FactPath| targets.iter().any(|target| is_of(path, target));
    let is_value = |state: &FactState| matches!(state, FactState::Known(_) | FactState::Partial(..));
    let paths: Vec<&Arc<FactPath>> = read.paths.iter().filter(|path| is_target(path)).collect();
    let path = |fact, key: &Arc<str>| FactPath { before: false, fact, key: Some(Arc::clone(key)) };
    let of_resource = |resource: &Resource| {
        let recorded = paths.iter().find(|path| is_value(&facts::state_of(resource, path)));
        let selecting = || {
            let facts = facts_of(resource);
            let engine = facts.get(ENGINE).filter(|fact| is_value(&fact.state));
            let engine = engine.map(|_| FactPath { before: false, fact: ENGINE, key: None });
            let tags = facts.map(TAGS).into_iter().flat_map(|tags| &tags.entries);
            let tags = tags.filter(|(_, tag)| is_value(&tag.state)).map(|(key, _)| path(TAGS, key));
            engine.into_iter().chain(tags).find(|path| is_target(path))
        };
        recorded.map(ToString::to_string).or_else(|| selecting().map(|path| path.to_string()))
    };
    let pending = read.beside.iter().flat_map(|(_, beside)| &beside.pending).find(|path| is_target(path));
    pending.map(ToString::to_string).or_else(|| read.inventory.resources.iter().find_map(of_resource))
}

/// Whether a path reads what is withheld.
fn is_of(path: &FactPath, (fact, key): &Target) -> bool {
    let is_key = |wanted: &String| path.key.as_ref().is_some_and(|key| key.eq_ignore_ascii_case(wanted));
    path.fact == *fact && key.as_ref().is_none_or(is_key)
}
