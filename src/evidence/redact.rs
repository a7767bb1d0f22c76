//! Values that shall not be in a bundle though no source calls them sensitive: each becomes a digest under a key.
//!
//! Rules do not see the digest: to them, in packing and in verifying alike, the value is withheld, and a verdict that needs it is
//! `unknown`. A digest in its place would be compared with the texts in rules, and pass or fail for no reason. People see that
//! two digests are equal or differ, and nothing more. The key is never in the bundle: engines, owners and account numbers
//! are guessed from a list in no time by whoever has it.

use std::collections::BTreeMap;
use std::sync::Arc;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::manifest::RedactionRow;
use crate::facts::catalogue::{
    ENGINE, ENGINE_MAJOR_VERSION, ENGINE_SUPPORT_END, ENGINE_VERSION, PARAMETER_GROUP_FAMILY,
};
use crate::facts::{self, FactId, FactType};
use crate::model::{Before, Fact, FactMap, FactPath, FactState, Facts, Inventory, PlanDrift, Resource, Unknown, Value};
use crate::nearest::nearest;

/// A shorter key could be guessed, and with it every value.
const SHORTEST_KEY: usize = 32;

/// How digests are made, in a word.
pub(super) const DIGEST: &str = "HMAC-SHA256";

/// What digests are made under.
pub struct Key {
    bytes: Vec<u8>,
    is_kept: bool,
}

impl Key {
    /// A key that somebody keeps, so that digests of several bundles are equal for equal values.
    ///
    /// # Errors
    ///
    /// When it is too short.
    pub fn kept(bytes: &[u8]) -> Result<Self, String> {
        match bytes.len() {
            ..SHORTEST_KEY => Err(format!("it has {} bytes; at least {SHORTEST_KEY} are asked for", bytes.len())),
            _ => Ok(Self { bytes: bytes.to_vec(), is_kept: true }),
        }
    }

    /// A key for one bundle, which nobody keeps.
    pub fn of_one_bundle(random: [u8; 32]) -> Self {
        Self { bytes: random.to_vec(), is_kept: false }
    }

    fn digest(&self, parts: &[&[u8]]) -> String {
        // Keys of any length are taken.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.bytes) else { return String::new() };
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn id(&self) -> Option<String> {
        let digest = self.digest(&[b"dbkeel/redaction/key"]);
        self.is_kept.then(|| digest.chars().take(16).collect())
    }
}

/// What is redacted, under which key.
pub struct Redaction {
    names: Vec<String>,
    // INVARIANT: a key only where the fact is read by key.
    targets: Vec<Target>,
    key: Key,
}

impl Redaction {
    /// Looks up facts: `engine_version`, `tags` (every tag), `tags.owner`.
    ///
    /// # Errors
    ///
    /// The first that there is not.
    pub fn new(names: &[String], key: Key) -> Result<Self, String> {
        let mut targets = names.iter().map(|name| target(name)).collect::<Result<Vec<Target>, _>>()?;
        let saying: Vec<Target> =
            targets.iter().flat_map(|(fact, _)| with_it(*fact)).map(|fact| (fact, None)).collect();
        targets.extend(saying);
        let mut names = names.to_vec();
        names.sort();
        names.dedup();
        Ok(Self { names, targets, key })
    }

    /// Takes the values out of an inventory, and returns their digests.
    pub fn apply(&self, inventory: &mut Inventory) -> Redacted {
        let mut redacted = Redacted::default();
        for resource in &mut inventory.resources {
            let mut digests = BTreeMap::new();
            self.take(&mut resource.facts, false, &mut digests);
            if let Before::Facts(before) = &mut resource.before {
                self.take(before, true, &mut digests);
            }
            if !digests.is_empty() {
                redacted.values += digests.len();
                redacted.digests.insert((Arc::clone(&resource.id), resource.source), digests);
            }
        }
        // A plan tells what changed in words of its own, which may be those values.
        for PlanDrift { recorded, running, .. } in &mut inventory.drift {
            (*recorded, *running) = (None, None);
        }
        redacted.row = Some(RedactionRow {
            facts: self.names.clone(),
            digest: DIGEST.to_owned(),
            key_id: self.key.id(),
            values: redacted.values,
        });
        redacted
    }

    fn take(&self, facts: &mut Facts, before: bool, digests: &mut BTreeMap<String, String>) {
        for (fact, key) in &self.targets {
            if fact.def().ty == FactType::Map {
                self.take_entries(facts, (*fact, key.as_deref()), before, digests);
                continue;
            }
            let Some(withheld) = facts.get(*fact).and_then(Withheld::of) else { continue };
            self.note(&FactPath { before, fact: *fact, key: None }, &withheld, digests);
            facts.set(*fact, withheld.fact);
        }
    }

    fn take_entries(
        &self,
        facts: &mut Facts,
        (fact, wanted): (FactId, Option<&str>),
        before: bool,
        digests: &mut BTreeMap<String, String>,
    ) {
        let Some(map) = facts.map(fact) else { return };
        let mut entries = map.entries.clone();
        for (key, entry) in &mut entries {
            // Keys mean the same whatever their case.
            if wanted.is_some_and(|wanted| !key.eq_ignore_ascii_case(wanted)) {
                continue;
            }
            let Some(withheld) = Withheld::of(entry) else { continue };
            self.note(&FactPath { before, fact, key: Some(Arc::clone(key)) }, &withheld, digests);
            *entry = withheld.fact;
        }
        let map = FactMap { entries, rest: map.rest.clone(), origin: map.origin.clone() };
        facts.set_map(fact, map);
    }

    /// Takes down the digests of what is withheld.
    fn note(&self, path: &FactPath, withheld: &Withheld, digests: &mut BTreeMap<String, String>) {
        let digest = |value: &Value| self.digest(path.fact, path.key.as_deref(), value);
        digests.extend(withheld.value.iter().map(|value| (path.to_string(), digest(value))));
        digests.extend(withheld.pending.iter().map(|value| (format!("{PENDING}{path}"), digest(value))));
    }

    /// Equal for equal values of one fact, before a change, after it and while it waits.
    fn digest(&self, fact: FactId, key: Option<&str>, value: &Value) -> String {
        let key = key.unwrap_or_default().to_ascii_lowercase();
        let value = serde_json::to_vec(value).unwrap_or_default();
        self.key.digest(&[b"dbkeel/redaction/value", fact.def().name.as_bytes(), key.as_bytes(), &value])
    }
}

/// A fact without its values, and the values.
struct Withheld {
    fact: Fact,
    value: Option<Value>,
    pending: Option<Value>,
}

impl Withheld {
    /// `None` where nothing is to be withheld.
    fn of(fact: &Fact) -> Option<Self> {
        let pending = fact.pending.as_ref().map(|pending| pending.value.clone());
        let (state, value) = match &fact.state {
            FactState::Known(value) | FactState::Partial(value, _) => {
                (FactState::Unknown(SENSITIVE), Some(value.clone()))
            }
            // What the source holds in its place may be told in these words.
            FactState::Unknown(Unknown::Invalid(_)) => (FactState::Unknown(SENSITIVE), None),
            state if pending.is_some() => (state.clone(), None),
            _ => return None,
        };
        Some(Self { fact: Fact::new(state, fact.origin.clone()), value, pending })
    }
}

const SENSITIVE: Unknown = Unknown::Sensitive;

/// What stands before the fact of which a value waits.
pub(super) const PENDING: &str = "pending.";

/// Facts that say what another says, in part or in other words: whoever withholds one withholds these.
const SAYING: &[(FactId, &[FactId])] = &[
    (ENGINE, &[PARAMETER_GROUP_FAMILY]),
    (ENGINE_VERSION, &[ENGINE_MAJOR_VERSION, ENGINE_SUPPORT_END, PARAMETER_GROUP_FAMILY]),
    (ENGINE_MAJOR_VERSION, &[ENGINE_VERSION, ENGINE_SUPPORT_END, PARAMETER_GROUP_FAMILY]),
];

/// What a fact is withheld with.
pub(super) fn with_it(fact: FactId) -> impl Iterator<Item = FactId> {
    SAYING.iter().filter(move |(of, _)| *of == fact).flat_map(|(_, saying)| saying.iter().copied())
}

/// A fact, and a key of it where only that is meant.
pub(super) type Target = (FactId, Option<String>);

/// Looks up a fact, and a key of it.
pub(super) fn target(name: &str) -> Result<Target, String> {
    let (fact, key) = name.split_once('.').map_or((name, None), |(fact, key)| (fact, Some(key)));
    let Some(id) = facts::find(fact) else {
        let near = nearest(fact, facts::CATALOGUE.iter().map(|def| def.name));
        let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        return Err(format!("there is no fact `{fact}`{hint}"));
    };
    match (key, id.def().ty) {
        (Some(_), ty) if ty != FactType::Map => Err(format!("`{fact}` has no keys")),
        (Some(""), _) => Err(format!("`{name}` names no key")),
        (key, _) => Ok((id, key.map(str::to_owned))),
    }
}

/// The digests of what was taken out.
#[derive(Debug, Default)]
pub struct Redacted {
    digests: BTreeMap<(Arc<str>, u32), BTreeMap<String, String>>,
    values: usize,
    row: Option<RedactionRow>,
}

impl Redacted {
    /// Those of a resource, by fact.
    pub(super) fn of(&self, resource: &Resource) -> Option<&BTreeMap<String, String>> {
        self.digests.get(&(Arc::clone(&resource.id), resource.source))
    }

    /// What a manifest says of it.
    pub(super) fn row(&self) -> Option<RedactionRow> {
        self.row.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::catalogue::TAGS;

    fn redaction(names: &[&str], seed: u8) -> Redaction {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        Redaction::new(&names, Key::of_one_bundle([seed; 32])).unwrap_or_else(|why| panic!("{why}"))
    }

    #[test]
    fn equal_values_have_equal_digests_under_one_key_and_others_under_another() {
        let (one, other) = (redaction(&["tags"], 1), redaction(&["tags"], 2));
        let digest = |of: &Redaction, key, value: &str| of.digest(TAGS, Some(key), &value.into());
        assert_eq!(digest(&one, "owner", "ada"), digest(&one, "Owner", "ada"));
        assert_ne!(digest(&one, "owner", "ada"), digest(&one, "owner", "bob"));
        assert_ne!(digest(&one, "owner", "ada"), digest(&one, "team", "ada"));
        assert_ne!(digest(&one, "owner", "ada"), digest(&other, "owner", "ada"));
        assert_ne!(one.digest(ENGINE_VERSION, None, &"1".into()), one.digest(ENGINE_VERSION, None, &1.into()));
    }

    #[test]
    fn a_fact_that_there_is_not_is_refused() {
        for (name, why) in [
            ("engine_versoin", "there is no fact `engine_versoin`; did you mean `engine_version`?"),
            ("engine_version.a", "`engine_version` has no keys"),
            ("tags.", "`tags.` names no key"),
        ] {
            let made = Redaction::new(&[name.to_owned()], Key::of_one_bundle([0; 32]));
            assert_eq!(made.err().as_deref(), Some(why));
        }
        assert!(Key::kept(&[7; 31]).is_err() && Key::kept(&[7; 32]).is_ok());
    }
}
