//! Finds the resources that a relation leads to.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::names::{keys_of, name_from, names_of};
use crate::facts::Mapped;
use crate::facts::mapped::{Place, Reference, Relation, Role, Target};
use crate::model::{Text, Unknown};

/// The resources of one document, by what others may call them.
pub(super) struct Index<'a> {
    mapped: &'a [Mapped],
    by_id: FxHashMap<(Target, &'a str), Vec<usize>>,
    by_name: FxHashMap<Cow<'a, str>, Named<'a>>,
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
    pub(super) fn new(mapped: &'a [Mapped]) -> Self {
        let mut index = Self { mapped, by_id: FxHashMap::default(), by_name: FxHashMap::default() };
        for (position, of) in mapped.iter().enumerate() {
            let Some(target) = of.target else { continue };
            for id in &of.ids {
                index.by_id.entry((target, id)).or_default().push(position);
            }
            for name in names_of(&of.place) {
                index.by_name.entry(name).or_default().all.push(position);
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "each name is worked on by itself")]
        for named in index.by_name.values_mut().filter(|named| named.all.len() > FEW) {
            named.sort_by_key(mapped);
        }
        index
    }

    /// The relation of a resource in some role; of several, the first that it does not omit.
    pub(super) fn relation(of: &Mapped, role: Role) -> Option<&Relation> {
        let mut in_role = of.relations.iter().filter(|relation| relation.role == role);
        in_role.find(|relation| !relation.is_omitted())
    }

    /// Everything that a relation leads to.
    pub(super) fn resolve(&self, from: &Mapped, relation: &Relation) -> Resolution {
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
    pub(super) fn resolve_one(&self, from: &Mapped, relation: &Relation) -> Result<usize, Unknown> {
        let resolution = self.resolve(from, relation);
        match (resolution.found.as_slice(), resolution.candidates.as_slice()) {
            ([one], []) => Ok(*one),
            ([] | [_], _) => Err(resolution.rest.unwrap_or(Unknown::KnownAfterApply)),
            (several, _) => Err(self.ambiguous(several)),
        }
    }

    /// A reason that names the resources that came into question.
    pub(super) fn ambiguous(&self, candidates: &[usize]) -> Unknown {
        const SHOWN: usize = 3;
        let named = candidates.iter().take(SHOWN).filter_map(|candidate| self.mapped.get(*candidate));
        let mut names: Vec<String> = named.map(|candidate| format!("`{}`", candidate.place.address)).collect();
        if candidates.len() > SHOWN {
            names.push(format!("{} more", candidates.len() - SHOWN));
        }
        Unknown::Unresolved(format!("it may be any of {}", names.join(", ")).into())
    }

    fn by_known_id(&self, from: &Mapped, relation: &Relation, id: &Arc<str>, resolution: &mut Resolution) {
        let hits = relation.targets.iter().find_map(|target| self.by_id.get(&(*target, id.as_ref())));
        let hits = match hits {
            Some(hits) => self.narrow(from, relation, hits),
            // A known id of a resource that has not got it yet: a name that the provider makes up, written out elsewhere.
            None if relation.known.len() == 1 => self.referred(from, relation),
            None => Vec::new(),
        };
        match hits.as_slice() {
            [one] => resolution.found.push(*one),
            [] => resolution.rest = Some(Unknown::NotCollected(format!("`{id}` is not in this document").into())),
            several => self.doubt(several, resolution),
        }
    }

    /// Of resources with equal names, those of the same region, those that the configuration refers to, those of the same
    /// module, and those with the same instance key.
    fn narrow(&self, from: &Mapped, relation: &Relation, hits: &[usize]) -> Vec<usize> {
        let mut hits = hits.to_vec();
        if hits.len() > 1 {
            let referred = self.referred(from, relation);
            self.keep(&mut hits, |hit, _| !matches!((&hit.region, &from.region), (Some(a), Some(b)) if a != b));
            self.keep(&mut hits, |_, position| referred.contains(&position));
            self.keep(&mut hits, |hit, _| hit.place.module == from.place.module);
            self.keep_same_key(&mut hits, &from.place);
        }
        hits
    }

    /// Keeps what is wanted, if more than one are left and any is wanted.
    fn keep(&self, hits: &mut Vec<usize>, wanted: impl Fn(&Mapped, usize) -> bool) {
        let is_wanted = |position: &usize| self.mapped.get(*position).is_some_and(|hit| wanted(hit, *position));
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

    fn referred(&self, from: &Mapped, relation: &Relation) -> Vec<usize> {
        let references = relation.references.iter();
        let mut referred: Vec<usize> =
            references.flat_map(|reference| self.instances(from, relation, reference)).collect();
        referred.sort_unstable();
        referred.dedup();
        referred
    }

    fn by_reference(&self, from: &Mapped, relation: &Relation, reference: &Reference, resolution: &mut Resolution) {
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
    fn instances(&self, from: &Mapped, relation: &Relation, reference: &Reference) -> Vec<usize> {
        let name = name_from(&from.place, &reference.base);
        let named = self.by_name.get(name.as_str()).or_else(|| self.by_name.get(reference.base.as_ref()));
        let Some(named) = named else { return Vec::new() };
        let one = !takes_all(relation, reference);
        let mut hits = if one { named.of_key(&from.place) } else { named.all.as_slice() }.to_vec();
        hits.retain(|position| {
            let target = self.mapped.get(*position).and_then(|hit| hit.target);
            target.is_some_and(|target| relation.targets.contains(&target))
        });
        if one {
            self.keep_same_key(&mut hits, &from.place);
        }
        hits
    }

    fn doubt(&self, several: &[usize], resolution: &mut Resolution) {
        resolution.rest = Some(self.ambiguous(several));
        resolution.candidates.extend(several);
    }
}

impl<'a> Named<'a> {
    fn sort_by_key(&mut self, mapped: &'a [Mapped]) {
        for position in &self.all {
            let keys = mapped.get(*position).map(|of| keys_of(&of.place)).unwrap_or_default();
            for key in keys {
                self.by_key.entry(key).or_default().push(*position);
            }
        }
    }

    /// Those that share the first instance key that any shares, else all.
    fn of_key(&self, from: &Place) -> &[usize] {
        if self.by_key.is_empty() {
            return &self.all;
        }
        let shared = keys_of(from).into_iter().find_map(|key| self.by_key.get(key));
        shared.unwrap_or(&self.all)
    }
}

/// Whether a reference means every instance: `aws_subnet.private[*].id` in an attribute that takes several.
fn takes_all(relation: &Relation, reference: &Reference) -> bool {
    reference.whole && matches!(relation.role, Role::SecurityGroups | Role::Subnets | Role::Secrets)
}

/// A reason for what a document does not hold.
pub(super) const fn not_here(why: &'static str) -> Unknown {
    Unknown::NotCollected(Text::Static(why))
}
