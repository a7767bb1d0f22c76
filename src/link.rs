//! Joins a database to what it refers to: its source, cluster, parameter groups, security groups, subnets, key, secrets.
//!
//! Everything happens within one document. A reference is followed by known id, ARN or name, and by the configuration's
//! references, where a resource of several instances is joined by the instance key that both sides share. What cannot be
//! followed without guessing makes the facts that rest on it unknown, and says which resources came into question.

mod attached;
mod audit_logging;
mod backups;
mod capacity;
mod cluster;
mod index;
mod inherit;
mod keys;
mod names;
mod network;
mod parameters;
mod secrets;
mod services;

use std::sync::Arc;

use rayon::prelude::*;

use crate::facts::mapped::Ties;
use crate::facts::{FactId, Mapped, SharedFacts};
use crate::model::{Before, Fact, FactMap, FactState, Facts, Kind, Origin, Resource, SetBy};

use index::Index;

/// The judged resources of one document, joined; sorted by id.
pub fn link(mapped: Vec<Mapped>, shared: &SharedFacts) -> Vec<Resource> {
    let (mut resources, ties) = in_order(mapped);
    let index = Index::new(&ties);
    let sources = inherit::Sources::new(&ties, &index);
    sources.hand_on(&ties, &mut resources);
    let joined = join_all(&ties, &index, &resources, shared);
    for (resource, facts) in resources.iter_mut().zip(joined) {
        if let Some(resource) = resource {
            facts.put_into(resource);
        }
    }
    sources.hand_on(&ties, &mut resources);
    let used = secrets::used(&ties, &index);
    let concerns = |position: &usize, resource: &Resource| resource.kind != Kind::Secret || used.contains(position);
    let judged = (0..).zip(resources).filter_map(|(position, resource)| resource.filter(|it| concerns(&position, it)));
    judged.collect()
}

/// Resources and ties by address. Positions decide which of several reasons is told, so they must not depend on the order
/// of the document.
fn in_order(mapped: Vec<Mapped>) -> (Vec<Option<Resource>>, Vec<Ties>) {
    let address = |mapped: &Mapped| Arc::clone(&mapped.ties.place.address);
    let mut order: Vec<(Arc<str>, usize)> = mapped.iter().map(address).zip(0..).collect();
    order.par_sort();
    let mut slots: Vec<Option<Mapped>> = mapped.into_iter().map(Some).collect();
    let sorted = order.into_iter().filter_map(|(_, position)| slots.get_mut(position)?.take());
    let mut mapped: Vec<Mapped> = sorted.collect();
    // The calls of several regions give what belongs to none of them, such as a global cluster.
    mapped.dedup_by(|later, kept| later.ties.runs && later.ties.place.address == kept.ties.place.address);
    mapped.into_iter().map(|mapped| (mapped.resource, mapped.ties)).unzip()
}

fn join_all(ties: &[Ties], index: &Index<'_>, resources: &[Option<Resource>], shared: &SharedFacts) -> Vec<Joined> {
    let network = network::Network::new(ties, index);
    let members = cluster::Members::new(ties, index);
    let scaling = capacity::Scaling::new(ties, index);
    let logging = audit_logging::Logging::new(ties, index);
    let replicated = backups::Replicated::new(ties, index);
    let rotated = secrets::Rotated::new(ties, index);
    let parameters = parameters::Groups::new(ties.len());
    let attached = attached::Attached::new(ties, index);
    let join = |(position, of): (usize, &Ties)| {
        let mut joined = Joined::default();
        if let Some(Some(resource)) = resources.get(position).filter(|_| of.stays) {
            let context = Context { ties, index, attached: &attached, resources, shared, position, of, resource };
            parameters.join(&context, &mut joined);
            keys::join(&context, &mut joined);
            network.join(&context, &mut joined);
            members.join(&context, &mut joined);
            logging.join(&context, &mut joined);
            scaling.join(&context, &mut joined);
            replicated.join(&context, &mut joined);
            rotated.join(&context, &mut joined);
            services::join(&context, &mut joined);
        }
        joined
    };
    ties.par_iter().enumerate().map(join).collect()
}

/// What the joins of one resource see.
struct Context<'a> {
    ties: &'a [Ties],
    resources: &'a [Option<Resource>],
    index: &'a Index<'a>,
    attached: &'a attached::Attached,
    shared: &'a SharedFacts,
    position: usize,
    of: &'a Ties,
    resource: &'a Resource,
}

impl<'a> Context<'a> {
    /// The facts of another resource.
    fn facts_of(&self, position: usize) -> Option<&'a Facts> {
        Some(&self.resources.get(position)?.as_ref()?.facts)
    }

    /// Whether the resource's kind has a fact that is still to be joined.
    fn wants(&self, fact: FactId) -> bool {
        self.resource.facts.get(fact).is_some_and(|fact| fact.state == crate::facts::view::NOT_JOINED)
    }

    /// The facts of a resource as they were before the planned change.
    fn facts_before(&self, position: usize) -> Option<&'a Facts> {
        let resource = self.resources.get(position)?.as_ref()?;
        match &resource.before {
            Before::Facts(facts) => Some(facts),
            Before::Unchanged => Some(&resource.facts),
            Before::None(_) => None,
        }
    }

    /// Where a joined fact comes from.
    fn origin(&self, fact: FactId, from: Option<usize>) -> Origin {
        let attribute = self.resource.facts.get(fact).map_or("", |fact| fact.origin.attribute);
        let teller = from.and_then(|position| self.ties.get(position));
        Origin {
            attribute,
            resource: teller.map(|teller| Arc::clone(&teller.place.address)),
            set_by: if from.is_some() { SetBy::Inherited } else { SetBy::Derived },
        }
    }

    /// The known text of a fact.
    fn text(&self, fact: FactId) -> Option<&str> {
        self.resource.facts.known(fact)?.as_str()
    }
}

/// The facts that the joins of one resource found.
#[derive(Debug, Default)]
struct Joined {
    now: Taken,
    /// Those of before the planned change; only where they differ from those of now, if the plan leaves the resource as it is.
    before: Taken,
}

/// Facts that one resource gets from others.
#[derive(Debug, Default)]
struct Taken {
    scalars: Vec<(FactId, Arc<Fact>)>,
    maps: Vec<(FactId, Arc<FactMap>)>,
}

impl Joined {
    /// A fact of the resource, told by another one.
    fn set(&mut self, context: &Context<'_>, fact: FactId, state: FactState, from: Option<usize>) {
        self.now.set(context, fact, state, from);
    }

    /// A fact as it was before the planned change.
    fn set_before(&mut self, context: &Context<'_>, fact: FactId, state: FactState, from: Option<usize>) {
        self.before.set(context, fact, state, from);
    }

    fn put_into(self, resource: &mut Resource) {
        self.now.put_into(&mut resource.facts);
        let changes = self
            .before
            .scalars
            .iter()
            .any(|(id, fact)| resource.facts.get(*id).is_some_and(|now| now.state != fact.state));
        match &mut resource.before {
            Before::Facts(facts) => self.before.put_into(facts),
            Before::Unchanged if changes => {
                let mut facts = resource.facts.clone();
                self.before.put_into(&mut facts);
                resource.before = Before::Facts(Box::new(facts));
            }
            Before::Unchanged | Before::None(_) => {}
        }
    }
}

impl Taken {
    fn set(&mut self, context: &Context<'_>, fact: FactId, state: FactState, from: Option<usize>) {
        self.set_fact(context, fact, Fact::new(state, context.origin(fact, from)));
    }

    fn set_fact(&mut self, context: &Context<'_>, id: FactId, fact: Fact) {
        self.scalars.push((id, context.shared.fact(id, fact)));
    }

    fn set_map(&mut self, context: &Context<'_>, fact: FactId, map: FactMap) {
        self.maps.push((fact, context.shared.map(map)));
    }

    fn put_into(self, facts: &mut Facts) {
        self.scalars.into_iter().for_each(|(id, fact)| facts.set(id, fact));
        self.maps.into_iter().for_each(|(id, map)| facts.set_map(id, map));
    }
}

#[cfg(test)]
mod tests;
