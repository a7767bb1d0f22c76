//! What a replica, a restored database, a snapshot or a member takes over from what it is made of or belongs to.

use std::sync::Arc;

use rayon::prelude::*;

use crate::facts::FactId;
use crate::facts::catalogue::*;
use crate::facts::mapped::{Role, Ties};
use crate::facts::view::INHERITED;
use crate::model::{Fact, FactMap, FactState, Kind, Origin, Resource, SetBy, Unknown, Value};

use super::Taken;
use super::index::{Index, is_elsewhere};

/// Facts that stay in one region: a replica elsewhere has groups of its own.
const OF_REGION: &[FactId] = &[
    PARAMETERS,
    PARAMETER_GROUP,
    DEFAULT_PARAMETER_GROUP,
    TLS_REQUIRED,
    STORAGE_KEY,
    SUBNET_GROUP,
    SUBNETS_WITH_INTERNET_ROUTE,
    INGRESS_CIDRS,
];

/// Where each resource takes over facts from.
pub(super) struct Sources {
    /// By position: the source, or why it cannot be told among several.
    of: Vec<Option<Result<usize, Unknown>>>,
    /// Positions of the resources that have one, in steps: those of a step take over only from those of the steps before it, and
    /// from resources that have none.
    steps: Vec<Vec<usize>>,
}

impl Sources {
    pub(super) fn new(ties: &[Box<Ties>], index: &Index<'_>) -> Self {
        let of: Vec<_> = ties.par_iter().map(|of| source(index, of)).collect();
        let steps = in_steps(&of);
        Self { of, steps }
    }

    /// Fills in what is still to be inherited, as far as the sources know it by now.
    pub(super) fn hand_on(&self, ties: &[Box<Ties>], resources: &mut [Option<Box<Resource>>]) {
        for step in &self.steps {
            let taking = step.iter().filter_map(|position| Some((*position, resources.get_mut(*position)?.take()?)));
            let mut taking: Vec<(usize, Box<Resource>)> = taking.collect();
            taking.par_iter_mut().for_each(|(position, resource)| {
                if let Some(taken) = self.taken(*position, resource, ties, resources) {
                    taken.put_into(&mut resource.facts);
                }
            });
            for (position, resource) in taking {
                if let Some(slot) = resources.get_mut(position) {
                    *slot = Some(resource);
                }
            }
        }
    }

    /// What a resource takes over. It is not among the others meanwhile; what would be its own source has none.
    fn taken(
        &self,
        position: usize,
        resource: &Resource,
        ties: &[Box<Ties>],
        others: &[Option<Box<Resource>>],
    ) -> Option<Taken> {
        match self.of.get(position)?.as_ref()? {
            Err(reason) => Some(unresolved(resource, reason)),
            Ok(source) => {
                let (of, giver) = (ties.get(position)?, ties.get(*source)?);
                let apart = matches!((&of.region, &giver.region), (Some(here), Some(there)) if here != there);
                Some(take_over(resource, others.get(*source)?.as_ref()?, apart, of.runs, of.new))
            }
        }
    }
}

fn source(index: &Index<'_>, of: &Ties) -> Option<Result<usize, Unknown>> {
    of.kind.filter(|_| of.stays)?;
    let relation = [Role::Source, Role::Cluster].iter().find_map(|role| of.relation(*role))?;
    match index.resolve_one(of, relation) {
        Err(reason) if is_elsewhere(of, &reason) || reason == Unknown::KnownAfterApply => None,
        told => Some(told),
    }
}

/// Every chain of sources from its end; a chain that leads back into itself is cut.
fn in_steps(of: &[Option<Result<usize, Unknown>>]) -> Vec<Vec<usize>> {
    let mut steps: Vec<Vec<usize>> = Vec::new();
    // The step of each, where that is known; of what has no source, the one before all.
    let mut step_of: Vec<Option<usize>> = vec![None; of.len()];
    let mut seen = vec![false; of.len()];
    for start in 0..of.len() {
        let mut chain = Vec::new();
        let mut next = Some(start);
        let mut step = 0;
        while let Some(position) = next {
            let Some(seen) = seen.get_mut(position).filter(|seen| !**seen) else {
                step = step_of.get(position).copied().flatten().map_or(0, |step| step + 1);
                break;
            };
            *seen = true;
            let source = of.get(position).and_then(Option::as_ref);
            if source.is_some() {
                chain.push(position);
            }
            next = source.and_then(|source| source.as_ref().ok()).copied();
        }
        for position in chain.into_iter().rev() {
            if steps.len() == step {
                steps.push(Vec::new());
            }
            steps.get_mut(step).into_iter().for_each(|step| step.push(position));
            step_of.get_mut(position).into_iter().for_each(|known| *known = Some(step));
            step += 1;
        }
    }
    steps
}

fn take_over(resource: &Resource, giver: &Resource, apart: bool, runs: bool, is_new: bool) -> Taken {
    let here = |id: FactId| !(apart && OF_REGION.contains(&id));
    let origin = |origin: &Origin| Origin {
        attribute: origin.attribute,
        resource: Some(origin.resource.clone().unwrap_or_else(|| Arc::clone(&giver.id))),
        set_by: SetBy::Inherited,
    };
    let watched = watched_by_cluster(resource, giver, is_new);
    let takes =
        |id: FactId, fact: &Fact| takes(resource.kind, id, fact) || watched.iter().any(|facts| facts.contains(&id));
    let scalars = resource.facts.scalars().filter(|(id, fact)| here(*id) && takes(*id, fact));
    let maps = resource.facts.maps().filter(|(id, map)| here(*id) && map.rest == INHERITED);
    Taken {
        scalars: scalars
            .filter_map(|(id, own)| giver.facts.get(id).map(|fact| (id, own, fact)))
            .map(|(id, own, fact)| {
                // While a cluster is patched, its members that run are not all as far as it is.
                let state = if runs && own.state.known().is_some() { &own.state } else { &fact.state };
                (id, Fact::new(state.clone(), origin(&fact.origin)).into())
            })
            .collect(),
        maps: maps
            .filter_map(|(id, _)| giver.facts.map(id).map(|map| (id, map)))
            .map(|(id, map)| (id, FactMap { origin: origin(&map.origin), ..map.clone() }.into()))
            .collect(),
    }
}

/// A member runs its cluster's version, whatever it says itself (RDS.md section 2.3).
fn takes(kind: Kind, id: FactId, fact: &Fact) -> bool {
    let of_cluster = id == ENGINE_VERSION || (id == ENGINE && fact.state.known().is_none());
    fact.state == INHERITED || (kind == Kind::ClusterMember && of_cluster)
}

/// What a cluster may set for all of its members, led by what turns it on
/// (aws.amazon.com/about-aws/whats-new/2024/09/amazon-rds-performance-insights-supports-aurora-cluster-level-configuration;
/// `MonitoringInterval` of `CreateDBCluster` in docs.aws.amazon.com/AmazonRDS/latest/APIReference).
const WATCHED_BY_CLUSTER: [&[FactId]; 2] = [
    &[ENHANCED_MONITORING_SECONDS, MONITORING_ROLE],
    &[
        PERFORMANCE_INSIGHTS,
        PERFORMANCE_INSIGHTS_RETENTION_DAYS,
        PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY,
        INSIGHTS_KEY,
    ],
];

/// Which of that a new member has from its cluster: what it turns off itself the provider does not send (RDS.md section 2.3).
fn watched_by_cluster(member: &Resource, cluster: &Resource, is_new: bool) -> Vec<&'static [FactId]> {
    if member.kind != Kind::ClusterMember || !is_new {
        return Vec::new();
    }
    let is_left = |fact: &Fact| fact.origin.set_by == SetBy::Inherited || is_off(&fact.state);
    let is_told = |fact: &Fact| match &fact.state {
        FactState::Unknown(_) => fact.origin.set_by != SetBy::Derived,
        state => state.known().is_some(),
    };
    let has = |facts: &&[FactId]| {
        let switch = facts.first().copied();
        let of = |resource: &Resource, told: &dyn Fn(&Fact) -> bool| {
            switch.and_then(|switch| resource.facts.get(switch)).is_some_and(told)
        };
        of(member, &is_left) && of(cluster, &is_told)
    };
    WATCHED_BY_CLUSTER.into_iter().filter(has).collect()
}

fn is_off(state: &FactState) -> bool {
    matches!(state, FactState::Known(Value::Bool(false) | Value::Integer(0)))
}

fn unresolved(resource: &Resource, reason: &Unknown) -> Taken {
    let inherited = resource.facts.scalars().filter(|(_, fact)| fact.state == INHERITED);
    let unknown = |fact: &Fact| Fact::new(FactState::Unknown(reason.clone()), fact.origin.clone());
    Taken { scalars: inherited.map(|(id, fact)| (id, unknown(fact).into())).collect(), maps: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_stand_in_steps_before_those_that_take_over_from_them() {
        let of = |sources: &[Option<usize>]| in_steps(&sources.iter().map(|source| source.map(Ok)).collect::<Vec<_>>());
        // A replica of a replica of what has no source, whichever stands first; and one more of the first replica.
        assert_eq!(of(&[Some(1), Some(2), None, Some(1)]), [vec![1], vec![0, 3]]);
        assert_eq!(of(&[None, Some(0), Some(1), Some(1)]), [vec![1], vec![2, 3]]);
        assert_eq!(of(&[Some(3), Some(0), Some(1), None]), [vec![0], vec![1], vec![2]]);
        // A circle is cut somewhere, and what hangs on it comes after.
        assert_eq!(of(&[Some(1), Some(0), Some(0)]), [vec![1], vec![0], vec![2]]);
        assert_eq!(of(&[Some(0)]), [vec![0]]);
        let unclear = Some(Err(Unknown::KnownAfterApply));
        assert_eq!(in_steps(&[unclear, Some(Ok(0)), None]), [vec![0], vec![1]]);
    }
}
