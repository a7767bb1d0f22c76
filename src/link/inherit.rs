//! What a replica, a restored database, a snapshot or a member takes over from what it is made of or belongs to.

use std::sync::Arc;

use crate::facts::catalogue::{ENGINE, ENGINE_VERSION};
use crate::facts::mapped::Role;
use crate::facts::view::INHERITED;
use crate::facts::{FactId, Mapped};
use crate::model::{Fact, FactMap, FactState, Kind, Origin, SetBy, Unknown};

use super::index::Index;

/// Facts that stay in one region: a replica elsewhere has groups of its own.
const OF_REGION: &[FactId] = &[
    crate::facts::catalogue::PARAMETERS,
    crate::facts::catalogue::PARAMETER_GROUP,
    crate::facts::catalogue::DEFAULT_PARAMETER_GROUP,
    crate::facts::catalogue::TLS_REQUIRED,
    crate::facts::catalogue::SUBNET_GROUP,
    crate::facts::catalogue::SUBNETS_WITH_INTERNET_ROUTE,
    crate::facts::catalogue::INGRESS_CIDRS,
];

/// Where each resource takes over facts from.
pub(super) struct Sources {
    /// By position: the source, or why it cannot be told among several.
    of: Vec<Option<Result<usize, Unknown>>>,
    /// Positions of the resources that have one, sources before those that take over from them.
    order: Vec<usize>,
}

impl Sources {
    pub(super) fn of(mapped: &[Mapped]) -> Self {
        let index = Index::new(mapped);
        let of: Vec<_> = mapped.iter().map(|mapped| source(&index, mapped)).collect();
        let order = in_order(&of);
        Self { of, order }
    }
}

fn source(index: &Index<'_>, of: &Mapped) -> Option<Result<usize, Unknown>> {
    of.resource.as_ref().filter(|_| of.stays)?;
    let relation = [Role::Source, Role::Cluster].iter().find_map(|role| Index::relation(of, *role))?;
    match index.resolve_one(of, relation) {
        Err(Unknown::NotCollected(_) | Unknown::KnownAfterApply) => None,
        told => Some(told),
    }
}

/// Every chain of sources from its end; a chain that leads back into itself is cut.
fn in_order(of: &[Option<Result<usize, Unknown>>]) -> Vec<usize> {
    let mut order = Vec::new();
    let mut seen = vec![false; of.len()];
    for start in 0..of.len() {
        let mut chain = Vec::new();
        let mut next = Some(start);
        while let Some(position) = next.filter(|position| seen.get(*position) == Some(&false)) {
            if let Some(seen) = seen.get_mut(position) {
                *seen = true;
            }
            let source = of.get(position).and_then(Option::as_ref);
            if source.is_some() {
                chain.push(position);
            }
            next = source.and_then(|source| source.as_ref().ok()).copied();
        }
        order.extend(chain.into_iter().rev());
    }
    order
}

/// Fills in what is still to be inherited, as far as the sources know it by now.
pub(super) fn apply(mapped: &mut [Mapped], sources: &Sources) {
    for position in &sources.order {
        let Some(Some(source)) = sources.of.get(*position) else { continue };
        let Some(of) = mapped.get(*position) else { continue };
        let taken = match source {
            Ok(source) => mapped.get(*source).map(|source| take_over(of, source)),
            Err(reason) => Some(unresolved(of, reason)),
        };
        if let Some((of, taken)) = mapped.get_mut(*position).and_then(|of| of.resource.as_mut()).zip(taken) {
            taken.scalars.into_iter().for_each(|(id, fact)| of.facts.set(id, fact));
            taken.maps.into_iter().for_each(|(id, map)| of.facts.set_map(id, map));
        }
    }
}

#[derive(Default)]
struct Taken {
    scalars: Vec<(FactId, Fact)>,
    maps: Vec<(FactId, FactMap)>,
}

fn take_over(of: &Mapped, source: &Mapped) -> Taken {
    let (Some(resource), Some(giver)) = (&of.resource, &source.resource) else { return Taken::default() };
    let apart = matches!((&of.region, &source.region), (Some(here), Some(there)) if here != there);
    let here = |id: FactId| !(apart && OF_REGION.contains(&id));
    let origin = |origin: &Origin| Origin {
        attribute: origin.attribute,
        resource: Some(origin.resource.clone().unwrap_or_else(|| Arc::clone(&source.place.address))),
        set_by: SetBy::Inherited,
    };
    let scalars = resource.facts.scalars().filter(|(id, fact)| here(*id) && takes(resource.kind, *id, fact));
    let maps = resource.facts.maps().filter(|(id, map)| here(*id) && map.rest == INHERITED);
    Taken {
        scalars: scalars
            .filter_map(|(id, _)| giver.facts.get(id).map(|fact| (id, fact)))
            .map(|(id, fact)| (id, Fact::new(fact.state.clone(), origin(&fact.origin))))
            .collect(),
        maps: maps
            .filter_map(|(id, _)| giver.facts.map(id).map(|map| (id, map)))
            .map(|(id, map)| (id, FactMap { origin: origin(&map.origin), ..map.clone() }))
            .collect(),
    }
}

/// A member runs its cluster's version, whatever it says itself (RDS.md section 2.3).
fn takes(kind: Kind, id: FactId, fact: &Fact) -> bool {
    let of_cluster = id == ENGINE_VERSION || (id == ENGINE && fact.state.known().is_none());
    fact.state == INHERITED || (kind == Kind::ClusterMember && of_cluster)
}

fn unresolved(of: &Mapped, reason: &Unknown) -> Taken {
    let Some(resource) = &of.resource else { return Taken::default() };
    let inherited = resource.facts.scalars().filter(|(_, fact)| fact.state == INHERITED);
    let unknown = |fact: &Fact| Fact::new(FactState::Unknown(reason.clone()), fact.origin.clone());
    Taken { scalars: inherited.map(|(id, fact)| (id, unknown(fact))).collect(), maps: Vec::new() }
}
