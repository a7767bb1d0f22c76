//! Facts: named, typed properties of a resource that know where they came from and whether they are known.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use litemap::LiteMap;
use serde::{Serialize, Serializer};

use super::Value;
use crate::facts::{CATALOGUE, FactId, FactType};

/// Text that is mostly fixed and sometimes made at run time; cheap to clone.
#[derive(Clone, Debug)]
pub enum Text {
    /// Text in the program.
    Static(&'static str),
    /// Text made at run time.
    Shared(Arc<str>),
}

impl Text {
    /// The text.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Static(text) => text,
            Self::Shared(text) => text,
        }
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        // Most texts that are equal are the same one in the program.
        std::ptr::eq(self.as_str(), other.as_str()) || self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl std::hash::Hash for Text {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl From<&'static str> for Text {
    fn from(text: &'static str) -> Self {
        Self::Static(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::Shared(text.into())
    }
}

/// Why a fact is not known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unknown {
    /// The provider decides it while applying: an omitted computed attribute, or a reference to a new resource.
    KnownAfterApply,
    /// The provider's API refused the call that would have told; the API action, such as `rds:DescribeDBInstances`.
    Denied(Text),
    /// This source does not carry it; why.
    NotCollected(Text),
    /// A relation that leads to it could not be followed without guessing; why.
    Unresolved(Text),
    /// The value is marked sensitive and was dropped when it was read.
    Sensitive,
    /// The source holds something of the wrong type; what.
    Invalid(Text),
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KnownAfterApply => f.write_str("known after apply"),
            Self::Denied(action) => write!(f, "permission denied: {action}"),
            Self::NotCollected(why) => write!(f, "not collected: {why}"),
            Self::Unresolved(why) => write!(f, "not resolved: {why}"),
            Self::Sensitive => f.write_str("withheld because it is sensitive"),
            Self::Invalid(what) => write!(f, "not readable: {what}"),
        }
    }
}

/// What is known of a fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactState {
    /// The value.
    Known(Value),
    /// A list of which some elements are known (the value) and others are not (the reason).
    Partial(Value, Unknown),
    /// The resource has the property; its value is not known.
    Unknown(Unknown),
    /// The resource has no such property; why.
    Missing(Text),
}

impl FactState {
    /// The value when it is known whole.
    pub fn known(&self) -> Option<&Value> {
        match self {
            Self::Known(value) => Some(value),
            _ => None,
        }
    }
}

/// Who set the value of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SetBy {
    /// The source says it.
    Source,
    /// The source omits it; the provider's default applies.
    Default,
    /// The configuration omits it, and Terraform keeps whatever it found: this is what was recorded.
    Recorded,
    /// Taken from another resource that this one refers to or belongs to.
    Inherited,
    /// Computed from several attributes.
    Derived,
}

/// Where a fact came from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The attribute in the source's own words, as a dotted path: `storage_encrypted`, `ingress.cidr_blocks`.
    pub attribute: &'static str,
    /// The resource that holds the attribute, when it is not the resource that the fact belongs to.
    pub resource: Option<Arc<str>>,
    /// Who set the value.
    pub set_by: SetBy,
}

impl Origin {
    /// An attribute of the resource itself.
    pub const fn attribute(attribute: &'static str, set_by: SetBy) -> Self {
        Self { attribute, resource: None, set_by }
    }
}

/// A value that waits for a window or a reboot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pending {
    /// The value to come.
    pub value: Value,
    /// What it waits for: `next maintenance window`, `reboot`.
    pub waits_for: Text,
}

/// One fact of one resource.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fact {
    /// What is known.
    pub state: FactState,
    /// Where it came from.
    pub origin: Origin,
    /// The value to come, beside the current one.
    pub pending: Option<Box<Pending>>,
}

impl Fact {
    /// A fact without a pending value.
    pub fn new(state: FactState, origin: Origin) -> Self {
        Self { state, origin, pending: None }
    }
}

/// A fact that is read by key: engine parameters, tags.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactMap {
    /// The keys that the source names.
    pub entries: LiteMap<Arc<str>, Fact>,
    /// What holds for every other key: missing (the source names them all) or unknown.
    pub rest: FactState,
    /// Where the map as a whole came from.
    pub origin: Origin,
}

/// The facts of a resource. A fact that is not stored is missing, for the reason that its mapping states.
///
/// Most databases of a fleet share most of their facts, so equal ones may be one in memory.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// By fact; as long as the last one that is set. A clone shares them.
    all: Arc<Vec<Option<Arc<Fact>>>>,
    /// What takes the place of some of them: how a resource differs from the neighbour that it was cloned from.
    // INVARIANT: sorted by id, each id once.
    own: Vec<(FactId, Option<Arc<Fact>>)>,
    // INVARIANT: sorted by id, each id once.
    maps: Vec<(FactId, Arc<FactMap>)>,
    /// What rules read, as evidence keeps it; then nothing else is read.
    recorded: Option<Arc<Recorded>>,
}

/// The states of facts as rules read them once, whatever is known of the types of resources since.
#[derive(Debug, Default)]
pub struct Recorded {
    states: BTreeMap<Arc<FactPath>, FactState>,
}

impl FromIterator<(Arc<FactPath>, FactState)> for Recorded {
    fn from_iter<I: IntoIterator<Item = (Arc<FactPath>, FactState)>>(states: I) -> Self {
        Self { states: states.into_iter().collect() }
    }
}

impl Recorded {
    /// How many facts.
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }

    /// What was read of a fact.
    pub fn state(&self, path: &FactPath) -> Option<&FactState> {
        self.states.get(path)
    }
}

impl PartialEq for Facts {
    fn eq(&self, other: &Self) -> bool {
        self.maps == other.maps && self.scalars().eq(other.scalars())
    }
}

impl Eq for Facts {}

impl Facts {
    /// Sets a fact, replacing an earlier one.
    pub fn set(&mut self, id: FactId, fact: impl Into<Arc<Fact>>) {
        self.put(id, Some(fact.into()));
    }

    /// Takes a fact away.
    pub(crate) fn unset(&mut self, id: FactId) {
        self.put(id, None);
    }

    fn put(&mut self, id: FactId, fact: Option<Arc<Fact>>) {
        let position = match self.position(id) {
            Ok(position) => {
                if let Some((_, own)) = self.own.get_mut(position) {
                    *own = fact;
                }
                return;
            }
            Err(position) => position,
        };
        let Some(all) = Arc::get_mut(&mut self.all) else {
            // About as many as differ from a neighbour and are joined.
            self.own.reserve(16_usize.saturating_sub(self.own.len()));
            self.own.insert(position, (id, fact));
            return;
        };
        if all.len() <= id.index() {
            all.reserve_exact(CATALOGUE.len() - all.len());
            all.resize(id.index() + 1, None);
        }
        if let Some(slot) = all.get_mut(id.index()) {
            *slot = fact;
        }
    }

    /// Where a fact stands among the resource's own, or where it would.
    fn position(&self, id: FactId) -> Result<usize, usize> {
        self.own.binary_search_by_key(&id, |(own, _)| *own)
    }

    /// Sets a fact that is read by key, replacing an earlier one.
    pub fn set_map(&mut self, id: FactId, map: impl Into<Arc<FactMap>>) {
        match self.maps.binary_search_by_key(&id, |(id, _)| *id) {
            Ok(position) => {
                if let Some(slot) = self.maps.get_mut(position) {
                    slot.1 = map.into();
                }
            }
            Err(position) => self.maps.insert(position, (id, map.into())),
        }
    }

    /// Lets rules read what was recorded, and nothing else but what judging itself finds out.
    pub fn set_recorded(&mut self, recorded: Recorded) {
        self.recorded = Some(Arc::new(recorded));
    }

    /// What rules read, when that was recorded.
    pub fn recorded(&self) -> Option<&Recorded> {
        self.recorded.as_deref()
    }

    /// A fact that is not a map.
    pub fn get(&self, id: FactId) -> Option<&Fact> {
        self.shared(id).map(Arc::as_ref)
    }

    /// A fact that is not a map, to be set for another resource too.
    pub fn shared(&self, id: FactId) -> Option<&Arc<Fact>> {
        match self.position(id) {
            Ok(position) => self.own.get(position)?.1.as_ref(),
            Err(_) => self.all.get(id.index())?.as_ref(),
        }
    }

    /// A fact that is read by key.
    pub fn map(&self, id: FactId) -> Option<&FactMap> {
        self.shared_map(id).map(Arc::as_ref)
    }

    /// A fact that is read by key, to be set for another resource too.
    pub fn shared_map(&self, id: FactId) -> Option<&Arc<FactMap>> {
        let position = self.maps.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        self.maps.get(position).map(|(_, map)| map)
    }

    /// The value of a fact that is known whole.
    pub fn known(&self, id: FactId) -> Option<&Value> {
        self.get(id)?.state.known()
    }

    /// Every fact that is not a map, in catalogue order.
    pub fn scalars(&self) -> impl Iterator<Item = (FactId, &Fact)> {
        let mut own = self.own.iter().peekable();
        let mut all = self.all.iter();
        FactId::all().filter_map(move |id| {
            let of_all = all.next().and_then(Option::as_deref);
            let fact = own.next_if(|(of, _)| *of == id).map_or(of_all, |(_, own)| own.as_deref());
            fact.map(|fact| (id, fact))
        })
    }

    /// Every fact that is read by key, in catalogue order.
    pub fn maps(&self) -> impl Iterator<Item = (FactId, &FactMap)> {
        self.maps.iter().map(|(id, map)| (*id, map.as_ref()))
    }

    /// What takes the place of facts that others share, or takes them away; in catalogue order.
    pub(crate) fn own(&self) -> &[(FactId, Option<Arc<Fact>>)] {
        &self.own
    }

    /// Where the facts are that others may share: those of the same address differ in [`Facts::own`] alone.
    pub(crate) fn shared_address(&self) -> usize {
        Arc::as_ptr(&self.all).addr()
    }

    /// Gives back memory that building the facts left over.
    pub fn shrink_to_fit(&mut self) {
        Arc::get_mut(&mut self.all).into_iter().for_each(Vec::shrink_to_fit);
        self.own.shrink_to_fit();
        self.maps.shrink_to_fit();
    }
}

/// What a rule reads: `backup_retention_days`, `tags.owner`, `parameters["rds.force_ssl"]`, `before.multi_az`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactPath {
    /// Whether the fact is read as it was before the planned change.
    pub before: bool,
    /// The fact.
    pub fact: FactId,
    /// The key, for a fact that is read by key; `None` reads the whole map.
    pub key: Option<Arc<str>>,
}

impl fmt::Display for FactPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.before {
            f.write_str("before.")?;
        }
        f.write_str(self.fact.def().name)?;
        match &self.key {
            None => Ok(()),
            Some(key) if is_identifier(key) => write!(f, ".{key}"),
            Some(key) => write!(f, "[\"{key}\"]"),
        }
    }
}

impl FactPath {
    /// Whether the path reads a map as a whole.
    pub fn is_whole_map(&self) -> bool {
        self.key.is_none() && self.fact.def().ty == FactType::Map
    }
}

impl Serialize for FactPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && chars.all(|rest| rest.is_ascii_alphanumeric() || rest == '_')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fact(value: i64) -> Arc<Fact> {
        Fact::new(FactState::Known(Value::Integer(value)), Origin::attribute("port", SetBy::Source)).into()
    }

    proptest! {
        /// Each change is made to one of some facts, or clones them: what a clone shares is changed for itself alone.
        #[test]
        fn facts_are_those_that_were_set_last(
            changes in prop::collection::vec((any::<prop::sample::Index>(), 0..4usize, 0..CATALOGUE.len(), 0..9i64), 1..60),
        ) {
            let mut all = vec![(Facts::default(), BTreeMap::new())];
            for (which, what, id, value) in changes {
                let id = FactId::all().nth(id).unwrap();
                let (facts, expected) = which.get(&all).clone();
                let which = which.index(all.len());
                match what {
                    0 => all.push((facts, expected)),
                    1 => {
                        all[which].0.unset(id);
                        all[which].1.remove(&id);
                    }
                    _ => {
                        drop(facts);
                        all[which].0.set(id, fact(value));
                        all[which].1.insert(id, value);
                    }
                }
            }
            for (mut facts, expected) in all {
                facts.shrink_to_fit();
                let value = |fact: &Fact| fact.state.known().cloned();
                let found: Vec<_> = facts.scalars().map(|(id, fact)| (id, value(fact))).collect();
                let told: Vec<_> = expected.iter().map(|(id, number)| (*id, Some(Value::Integer(*number)))).collect();
                prop_assert_eq!(&found, &told);
                prop_assert!(FactId::all().all(|id| facts.get(id).and_then(value) == expected.get(&id).map(|it| Value::Integer(*it))));
            }
        }
    }
}
