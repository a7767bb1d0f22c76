//! Finds the resources that a relation leads to.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::facts::Mapped;
use crate::facts::mapped::{Place, Reference, Relation, Role, Target};
use crate::model::{Text, Unknown};

/// The resources of one document, by what others may call them.
pub(super) struct Index<'a> {
    mapped: &'a [Mapped],
    by_id: FxHashMap<(Target, &'a str), Vec<usize>>,
    by_base: FxHashMap<&'a str, Vec<usize>>,
    by_plain: FxHashMap<String, Vec<usize>>,
}

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
        let mut index =
            Self { mapped, by_id: FxHashMap::default(), by_base: FxHashMap::default(), by_plain: FxHashMap::default() };
        for (position, of) in mapped.iter().enumerate() {
            let Some(target) = of.target else { continue };
            for id in &of.ids {
                index.by_id.entry((target, id)).or_default().push(position);
            }
            index.by_base.entry(&of.place.base).or_default().push(position);
            if of.place.base.contains('[') {
                index.by_plain.entry(without_keys(&of.place.base)).or_default().push(position);
            }
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
            ([], []) => Err(resolution.rest.unwrap_or(Unknown::KnownAfterApply)),
            ([], candidates) => Err(self.ambiguous(candidates)),
            (several, _) => Err(self.ambiguous(several)),
        }
    }

    /// A reason that names the resources that came into question.
    pub(super) fn ambiguous(&self, candidates: &[usize]) -> Unknown {
        const SHOWN: usize = 3;
        let named = candidates.iter().take(SHOWN).filter_map(|candidate| self.mapped.get(*candidate));
        let mut names: Vec<String> = named.map(|candidate| format!("`{}`", candidate.place.address)).collect();
        names.sort();
        if candidates.len() > SHOWN {
            names.push(format!("{} more", candidates.len() - SHOWN));
        }
        Unknown::Unresolved(format!("it may be any of {}", names.join(", ")).into())
    }

    fn by_known_id(&self, from: &Mapped, relation: &Relation, id: &Arc<str>, resolution: &mut Resolution) {
        let hits = relation.targets.iter().find_map(|target| self.by_id.get(&(*target, id.as_ref())));
        let hits = match hits {
            Some(hits) => self.narrow(from, relation, hits),
            None if relation.known.len() == 1 => self.referred(relation),
            None => Vec::new(),
        };
        match hits.as_slice() {
            [one] => resolution.found.push(*one),
            [] => resolution.rest = Some(Unknown::NotCollected(format!("`{id}` is not in this document").into())),
            several => self.doubt(several, resolution),
        }
    }

    /// Of resources with equal names, those of the same region, those that the configuration refers to, and those of the
    /// same module.
    fn narrow(&self, from: &Mapped, relation: &Relation, hits: &[usize]) -> Vec<usize> {
        let mut hits = hits.to_vec();
        let referred = if hits.len() > 1 { self.referred(relation) } else { Vec::new() };
        self.keep(&mut hits, |hit, _| {
            let of_region =
                |regions: (&Option<Arc<str>>, &Option<Arc<str>>)| matches!(regions, (Some(a), Some(b)) if a != b);
            !of_region((&hit.region, &from.region))
        });
        self.keep(&mut hits, |_, position| referred.contains(&position));
        self.keep(&mut hits, |hit, _| hit.place.module == from.place.module);
        self.keep(&mut hits, |hit, _| hit.place.index.is_some() && hit.place.index == from.place.index);
        hits
    }

    /// Keeps what is wanted, if more than one are left and any is wanted.
    fn keep(&self, hits: &mut Vec<usize>, wanted: impl Fn(&Mapped, usize) -> bool) {
        let is_wanted = |position: &usize| self.mapped.get(*position).is_some_and(|hit| wanted(hit, *position));
        if hits.len() > 1 && hits.iter().any(is_wanted) {
            hits.retain(is_wanted);
        }
    }

    fn referred(&self, relation: &Relation) -> Vec<usize> {
        let mut referred: Vec<usize> =
            relation.references.iter().flat_map(|reference| self.instances(relation, reference)).collect();
        referred.sort_unstable();
        referred.dedup();
        referred
    }

    fn by_reference(&self, from: &Mapped, relation: &Relation, reference: &Reference, resolution: &mut Resolution) {
        let mut hits = self.instances(relation, reference);
        self.keep(&mut hits, |hit, _| hit.place.module == from.place.module);
        if !(reference.whole && takes_several(relation.role)) {
            self.keep(&mut hits, |hit, _| same_key(&hit.place, &from.place));
        }
        match hits.as_slice() {
            [one] => resolution.found.push(*one),
            [] => {
                let why = format!("`{}` does not tell, or is not in this document", reference.base);
                resolution.rest.get_or_insert(Unknown::NotCollected(why.into()));
            }
            all if reference.whole && takes_several(relation.role) => resolution.found.extend(all),
            several => self.doubt(several, resolution),
        }
    }

    /// The instances of a resource of the configuration.
    fn instances(&self, relation: &Relation, reference: &Reference) -> Vec<usize> {
        let of_base = self.by_base.get(reference.base.as_ref());
        let hits = of_base.or_else(|| self.by_plain.get(&without_keys(&reference.base)));
        let is_wanted = |position: &&usize| {
            let target = self.mapped.get(**position).and_then(|hit| hit.target);
            target.is_some_and(|target| relation.targets.contains(&target))
        };
        hits.into_iter().flatten().filter(is_wanted).copied().collect()
    }

    fn doubt(&self, several: &[usize], resolution: &mut Resolution) {
        resolution.rest = Some(self.ambiguous(several));
        resolution.candidates.extend(several);
    }
}

fn same_key(left: &Place, right: &Place) -> bool {
    left.index.is_some() && left.index == right.index
}

fn takes_several(role: Role) -> bool {
    matches!(role, Role::SecurityGroups | Role::Subnets | Role::Secrets)
}

/// An address without any instance key: `module.a["x.y"].aws_subnet.b` is `module.a.aws_subnet.b`.
fn without_keys(address: &str) -> String {
    let (mut plain, mut quoted, mut inside, mut escaped) = (String::with_capacity(address.len()), false, false, false);
    for character in address.chars() {
        match character {
            '"' if inside && !escaped => quoted = !quoted,
            '[' if !quoted => inside = true,
            ']' if !quoted => inside = false,
            other if !inside => plain.push(other),
            _ => {}
        }
        escaped = quoted && character == '\\' && !escaped;
    }
    plain
}

/// A reason for what a document does not hold.
pub(super) const fn not_here(why: &'static str) -> Unknown {
    Unknown::NotCollected(Text::Static(why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instance_keys_are_left_out_whatever_they_hold() {
        assert_eq!(without_keys(r#"module.a["x.]\"y"].module.b[0].aws_subnet.c"#), "module.a.module.b.aws_subnet.c");
        assert_eq!(without_keys("aws_subnet.c"), "aws_subnet.c");
    }
}
