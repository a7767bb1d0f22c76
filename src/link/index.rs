//! Finds the resources that a relation leads to.

use std::borrow::Cow;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::names::{agrees, keys_of, name_from, names_of};
use crate::facts::mapped::{Instances, Place, Reference, Relation, Role, Target, Ties};
use crate::model::{Text, Unknown};
use crate::source::terraform::without_keys;

/// The resources of one document, by what others may call them. Only what some relation names is in it: most ids of a
/// database are nobody's concern.
pub(super) struct Index<'a> {
    ties: &'a [Box<Ties>],
    by_id: FxHashMap<Key<'a>, Hits>,
    by_name: FxHashMap<Cow<'a, str>, Named<'a>>,
    /// Those that are there before the plan is applied, by the ids that they have then.
    by_former_id: FxHashMap<Key<'a>, Hits>,
}

/// What something is, where its id means one thing, and the id.
type Key<'a> = (Target, &'a str, &'a str);

/// The resources that have an id: nearly always one.
enum Hits {
    One([usize; 1]),
    Several(Vec<usize>),
}

impl Hits {
    fn add(&mut self, position: usize) {
        match self {
            Self::One([first]) => *self = Self::Several(vec![*first, position]),
            Self::Several(all) => all.push(position),
        }
    }

    fn all(&self) -> &[usize] {
        match self {
            Self::One(one) => one,
            Self::Several(all) => all,
        }
    }
}

/// The resources that go by one name.
#[derive(Default)]
struct Named<'a> {
    all: Vec<usize>,
    /// The same by instance key, when they are so many that looking at each would take time.
    by_key: FxHashMap<&'a str, Vec<usize>>,
}

/// How many resources of one name are looked at one by one.
const FEW: usize = 16;

/// What a relation leads to.
#[derive(Debug, Default)]
pub(super) struct Resolution {
    /// The resources that it leads to. INVARIANT: sorted, each once.
    pub(super) found: Vec<usize>,
    /// Why there may be others still.
    pub(super) rest: Option<Unknown>,
    /// Resources of which some may be meant, and others not.
    pub(super) candidates: Vec<usize>,
}

impl<'a> Index<'a> {
    pub(super) fn new(ties: &'a [Box<Ties>]) -> Self {
        let Wanted { ids, names, former } = Wanted::of(ties);
        let now = |of: &'a Ties| if of.stays { of.ids.as_slice() } else { &[] };
        let before = |of: &'a Ties| of.was.as_deref().unwrap_or_default();
        let of_ids = || {
            let former = || by_id(ties, before, |target, _| former.contains(&target));
            rayon::join(former, || by_id(ties, now, |_, id| ids.contains(id)))
        };
        let ((by_former_id, by_id), by_name) = rayon::join(of_ids, || by_name(ties, &names));
        Self { ties, by_id, by_name, by_former_id }
    }

    /// Everything that a relation leads to.
    pub(super) fn resolve(&self, from: &Ties, relation: &Relation) -> Resolution {
        let mut resolution = Resolution { rest: relation.rest.clone(), ..Resolution::default() };
        for id in &relation.known {
            self.by_known_id(from, relation, id, &mut resolution);
        }
        if relation.by_reference {
            for reference in &relation.references {
                self.by_reference(from, relation, reference, &mut resolution);
            }
            if relation.references.is_empty() {
                resolution.rest.get_or_insert(Unknown::KnownAfterApply);
            }
        }
        resolution.found.sort_unstable();
        resolution.found.dedup();
        resolution
    }

    /// The one resource that a relation leads to.
    pub(super) fn resolve_one(&self, from: &Ties, relation: &Relation) -> Result<usize, Unknown> {
        if let Some(one) = self.only(from, relation) {
            return Ok(one);
        }
        let resolution = self.resolve(from, relation);
        match (resolution.found.as_slice(), resolution.candidates.as_slice()) {
            ([one], []) if relation.rest.is_none() || !relation.role.is_of_one() => Ok(*one),
            ([] | [_], _) => Err(resolution.rest.unwrap_or(Unknown::KnownAfterApply)),
            (several, _) => Err(self.ambiguous(several)),
        }
    }

    /// Why a relation by reference leads to nothing: the document holds none of the resources that the configuration refers
    /// to, as where their `count` is 0.
    pub(super) fn leads_nowhere(&self, from: &Ties, relation: &Relation) -> Option<Unknown> {
        if !relation.by_reference || relation.references.is_empty() {
            return None;
        }
        let Resolution { found, rest, candidates } = self.resolve(from, relation);
        rest.filter(|_| found.is_empty() && candidates.is_empty())
    }

    /// The resource that a relation leads to by the one id that it names, where nothing else can be meant.
    pub(super) fn only(&self, from: &Ties, relation: &Relation) -> Option<usize> {
        let Relation { known, rest: None, by_reference: false, .. } = relation else { return None };
        let [id] = known.as_slice() else { return None };
        match self.of_id(from, relation, id)? {
            Hits::One([one]) => Some(*one),
            Hits::Several(_) => None,
        }
    }

    /// The one resource that had an id before the plan is applied.
    pub(super) fn former(&self, from: &Ties, target: Target, id: &str) -> Option<usize> {
        let mut hits = self.by_former_id.get(&(target, from.place_of(id), id))?.all().to_vec();
        self.keep_near(&mut hits, from);
        match hits.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// A reason that names the resources that came into question.
    pub(super) fn ambiguous(&self, candidates: &[usize]) -> Unknown {
        const SHOWN: usize = 3;
        let named = candidates.iter().take(SHOWN).filter_map(|candidate| self.ties.get(*candidate));
        let mut names: Vec<String> = named.map(|candidate| format!("`{}`", candidate.place.address)).collect();
        if candidates.len() > SHOWN {
            names.push(format!("{} more", candidates.len() - SHOWN));
        }
        Unknown::Unresolved(format!("it may be any of {}", names.join(", ")).into())
    }

    fn of_id<'h>(&'h self, from: &'h Ties, relation: &Relation, id: &'h str) -> Option<&'h Hits> {
        let place = from.place_of(id);
        relation.targets.iter().find_map(|target| self.by_id.get(&(*target, place, id)))
    }

    fn by_known_id(&self, from: &Ties, relation: &Relation, id: &Arc<str>, resolution: &mut Resolution) {
        let hits = match self.of_id(from, relation, id) {
            Some(Hits::One([one])) => return resolution.found.push(*one),
            Some(Hits::Several(several)) => self.narrow(from, relation, several),
            // A known id of a resource that has not got it yet: a name that the provider makes up, written out elsewhere.
            None if relation.known.len() == 1 => self.referred(from, relation),
            None => Vec::new(),
        };
        match hits.as_slice() {
            [one] => resolution.found.push(*one),
            [] => resolution.rest = Some(absent(from, relation, id)),
            several => self.doubt(several, resolution),
        }
    }

    /// Of resources with equal names, those that the configuration refers to, and those that are near.
    fn narrow(&self, from: &Ties, relation: &Relation, hits: &[usize]) -> Vec<usize> {
        let mut hits = hits.to_vec();
        let referred = self.referred(from, relation);
        self.keep(&mut hits, |_, position| referred.contains(&position));
        self.keep_near(&mut hits, from);
        hits
    }

    /// Of resources with equal names, those of the same region, of the same module, and with the same instance key.
    fn keep_near(&self, hits: &mut Vec<usize>, from: &Ties) {
        self.keep(hits, |hit, _| !matches!((&hit.region, &from.region), (Some(a), Some(b)) if a != b));
        self.keep(hits, |hit, _| hit.place.module == from.place.module);
        self.keep_same_key(hits, &from.place);
    }

    /// Keeps what is wanted, if more than one are left and any is wanted.
    fn keep(&self, hits: &mut Vec<usize>, wanted: impl Fn(&Ties, usize) -> bool) {
        let is_wanted = |position: &usize| self.ties.get(*position).is_some_and(|hit| wanted(hit, *position));
        if hits.len() > 1 && hits.iter().any(is_wanted) {
            hits.retain(is_wanted);
        }
    }

    fn keep_same_key(&self, hits: &mut Vec<usize>, from: &Place) {
        if hits.len() > 1 {
            for key in keys_of(from) {
                self.keep(hits, |hit, _| keys_of(&hit.place).contains(&key));
            }
        }
    }

    fn referred(&self, from: &Ties, relation: &Relation) -> Vec<usize> {
        let references = relation.references.iter();
        let mut referred: Vec<usize> =
            references.flat_map(|reference| self.instances(from, relation, reference)).collect();
        referred.sort_unstable();
        referred.dedup();
        referred
    }

    fn by_reference(&self, from: &Ties, relation: &Relation, reference: &Reference, resolution: &mut Resolution) {
        let hits = self.instances(from, relation, reference);
        match hits.as_slice() {
            [one] => resolution.found.push(*one),
            [] => {
                let why = format!("`{}` does not tell, or is not in this document", reference.base);
                resolution.rest.get_or_insert(Unknown::NotCollected(why.into()));
            }
            all if takes_all(relation, reference) => resolution.found.extend(all),
            several => self.doubt(several, resolution),
        }
    }

    /// The instances that a reference may mean.
    fn instances(&self, from: &Ties, relation: &Relation, reference: &Reference) -> Vec<usize> {
        let one = !takes_all(relation, reference);
        let mut hits: Vec<usize> = self.named(from, reference, one).to_vec();
        hits.retain(|position| self.ties.get(*position).is_some_and(|hit| may_be(hit, relation, reference)));
        if one {
            self.keep_same_key(&mut hits, &from.place);
        }
        hits
    }

    /// What goes by the name of a reference; by its name without any key, when it states some of them, though not all. Without keys
    /// it leads nowhere but into the module instances that the resource stands in.
    fn named(&self, from: &Ties, reference: &Reference, one: bool) -> &[usize] {
        let by_name = |name: &str| self.by_name.get(name);
        let named = by_name(&name_from(&from.place, &reference.base)).or_else(|| {
            let states_some = reference.base.contains('[');
            states_some.then(|| by_name(&without_keys(&reference.base))).flatten()
        });
        match (named, &reference.instances) {
            (None, _) => &[],
            (Some(named), Instances::Key(key)) => named.of_keys(&[key]),
            (Some(named), _) if one => named.of_keys(&keys_of(&from.place)),
            (Some(named), _) => &named.all,
        }
    }

    fn doubt(&self, several: &[usize], resolution: &mut Resolution) {
        resolution.rest = Some(self.ambiguous(several));
        resolution.candidates.extend(several);
    }
}

/// What the relations of a document name.
#[derive(Default)]
struct Wanted<'a> {
    ids: FxHashSet<&'a str>,
    /// Without any instance key.
    names: FxHashSet<Cow<'a, str>>,
    /// What may be asked for by an id that it had before the plan is applied.
    former: FxHashSet<Target>,
}

impl<'a> Wanted<'a> {
    fn of(ties: &'a [Box<Ties>]) -> Self {
        // Most relations are one with those of other resources.
        let told = |of: &'a Ties| of.told.as_deref().map(|told| &told.part_of);
        let relations = ties.par_iter().flat_map_iter(|of| of.relations.iter().chain(told(of)));
        let add = |mut seen: FxHashMap<usize, &'a Relation>, relation: &'a Arc<Relation>| {
            seen.insert(Arc::as_ptr(relation) as usize, relation);
            seen
        };
        let wanted = relations.fold(FxHashMap::default, add);
        let wanted = wanted.map(|seen| seen.into_values().fold(Self::default(), Self::with));
        wanted.reduce(Self::default, Self::and)
    }

    fn with(mut self, relation: &'a Relation) -> Self {
        self.ids.extend(relation.known.iter().map(AsRef::as_ref));
        self.names.extend(relation.references.iter().map(|reference| without_keys(&reference.base)));
        if matches!(relation.role, Role::Parameters | Role::Key) {
            self.former.extend(relation.targets);
        }
        self
    }

    fn and(mut self, other: Self) -> Self {
        self.ids.extend(other.ids);
        self.names.extend(other.names);
        self.former.extend(other.former);
        self
    }
}

/// The ids that are wanted, with the resources that have them.
fn by_id<'a>(
    ties: &'a [Box<Ties>],
    ids: impl Fn(&'a Ties) -> &'a [Arc<str>] + Sync,
    is_wanted: impl Fn(Target, &str) -> bool + Sync,
) -> FxHashMap<Key<'a>, Hits> {
    let of_one = |(position, of): (usize, &'a Ties)| {
        let wanted = of.target.into_iter().flat_map(|target| ids(of).iter().map(move |id| (target, id)));
        let wanted = wanted.filter(|(target, id)| is_wanted(*target, id));
        wanted.map(move |(target, id)| ((target, of.place_of(id), id.as_ref()), position)).collect::<Vec<_>>()
    };
    let wanted: Vec<(Key<'a>, usize)> = ties.par_iter().map(AsRef::as_ref).enumerate().flat_map_iter(of_one).collect();
    // A table that grows goes through all names again, which lie scattered over the memory.
    let mut by_id: FxHashMap<_, Hits> = FxHashMap::with_capacity_and_hasher(wanted.len(), FxBuildHasher);
    for (key, position) in wanted {
        by_id.entry(key).and_modify(|hits| hits.add(position)).or_insert(Hits::One([position]));
    }
    by_id
}

fn by_name<'a>(ties: &'a [Box<Ties>], wanted: &FxHashSet<Cow<'_, str>>) -> FxHashMap<Cow<'a, str>, Named<'a>> {
    if wanted.is_empty() {
        return FxHashMap::default();
    }
    let has_name = |of: &Ties| of.stays && !of.runs && of.target.is_some();
    let is_wanted = |of: &Ties| has_name(of) && wanted.contains(&without_keys(of.place.base()));
    let named = ties.par_iter().enumerate().filter(|(_, of)| is_wanted(of));
    let named: Vec<_> = named.map(|(position, of)| (position, names_of(&of.place))).collect();
    let mut by_name: FxHashMap<_, Named<'_>> = FxHashMap::with_capacity_and_hasher(named.len(), FxBuildHasher);
    for (position, names) in named {
        for name in names {
            by_name.entry(name).or_default().all.push(position);
        }
    }
    for named in by_name.values_mut().filter(|named| named.all.len() > FEW) {
        named.sort_by_key(ties);
    }
    by_name
}

impl<'a> Named<'a> {
    fn sort_by_key(&mut self, ties: &'a [Box<Ties>]) {
        for position in &self.all {
            let keys = ties.get(*position).map(|of| keys_of(&of.place)).unwrap_or_default();
            for key in keys {
                self.by_key.entry(key).or_default().push(*position);
            }
        }
    }

    /// Those that share the first of some instance keys that any shares, else all.
    fn of_keys(&self, keys: &[&str]) -> &[usize] {
        keys.iter().find_map(|key| self.by_key.get(*key)).unwrap_or(&self.all)
    }
}

fn may_be(hit: &Ties, relation: &Relation, reference: &Reference) -> bool {
    let of_key = match &reference.instances {
        Instances::Key(key) => hit.place.index.as_ref() == Some(key),
        Instances::One | Instances::All => true,
    };
    of_key && hit.target.is_some_and(|target| relation.targets.contains(&target)) && agrees(&hit.place, &reference.base)
}

/// Whether a reference means every instance: `aws_subnet.private[*].id` in an attribute that takes several.
fn takes_all(relation: &Relation, reference: &Reference) -> bool {
    let several = matches!(relation.role, Role::SecurityGroups | Role::Subnets | Role::Secrets);
    several && reference.instances == Instances::All
}

/// Why what goes by an id is not in the document.
fn absent(from: &Ties, relation: &Relation, id: &str) -> Unknown {
    match &from.seen_in {
        Some(seen_in) => seen_in.why_not(relation),
        None => Unknown::NotCollected(format!("`{id}` is not in this document").into()),
    }
}

/// Whether what a resource refers to is known to be none of the document's, for this reason. What runs says what it refers
/// to, so that nothing it does not name comes into question.
pub(super) fn is_elsewhere(from: &Ties, reason: &Unknown) -> bool {
    from.runs || matches!(reason, Unknown::NotCollected(_))
}

/// A reason for what a document does not hold.
pub(super) const fn not_here(why: &'static str) -> Unknown {
    Unknown::NotCollected(Text::Static(why))
}
