//! Joins a database to what it refers to: its source, cluster, parameter groups, security groups, subnets, key, secrets.
//!
//! Everything happens within one document. A reference is followed by known id, ARN or name, and by the configuration's
//! references, where a resource of several instances is joined by the instance key that both sides share. What cannot be
//! followed without guessing makes the facts that rest on it unknown, and says which resources came into question.

mod backups;
mod cluster;
mod index;
mod inherit;
mod keys;
mod names;
mod network;
mod parameters;
mod secrets;

use rayon::prelude::*;

use crate::facts::{FactId, Mapped};
use crate::model::{Fact, FactMap, FactState, Origin, Resource, SetBy};

use index::Index;

/// The judged resources of one document, joined; sorted by id.
pub fn link(mut mapped: Vec<Mapped>) -> Vec<Resource> {
    // Positions decide which of several reasons is told, so they must not depend on the order of the document.
    mapped.par_sort_by(|left, right| left.place.address.cmp(&right.place.address));
    let sources = inherit::Sources::of(&mapped);
    inherit::apply(&mut mapped, &sources);
    let joined = join_all(&mapped);
    for (mapped, facts) in mapped.iter_mut().zip(joined) {
        if let Some(resource) = &mut mapped.resource {
            facts.put_into(resource);
        }
    }
    inherit::apply(&mut mapped, &sources);
    mapped.into_iter().filter_map(|mapped| mapped.resource).collect()
}

fn join_all(mapped: &[Mapped]) -> Vec<Joined> {
    let index = Index::new(mapped);
    let network = network::Network::new(mapped, &index);
    let members = cluster::Members::new(mapped, &index);
    let replicated = backups::Replicated::new(mapped, &index);
    let rotated = secrets::Rotated::new(mapped, &index);
    let join = |(position, of): (usize, &Mapped)| {
        let mut joined = Joined::default();
        if let Some(resource) = of.resource.as_ref().filter(|_| of.stays) {
            let context = Context { mapped, index: &index, position, of, resource };
            parameters::join(&context, &mut joined);
            keys::join(&context, &mut joined);
            network.join(&context, &mut joined);
            members.join(&context, &mut joined);
            replicated.join(&context, &mut joined);
            rotated.join(&context, &mut joined);
        }
        joined
    };
    mapped.par_iter().enumerate().map(join).collect()
}

/// What the joins of one resource see.
struct Context<'a> {
    mapped: &'a [Mapped],
    index: &'a Index<'a>,
    position: usize,
    of: &'a Mapped,
    resource: &'a Resource,
}

impl Context<'_> {
    /// Whether the resource's kind has a fact that is still to be joined.
    fn wants(&self, fact: FactId) -> bool {
        self.resource.facts.get(fact).is_some_and(|fact| fact.state == crate::facts::view::NOT_JOINED)
    }

    /// The known text of a fact.
    fn text(&self, fact: FactId) -> Option<&str> {
        self.resource.facts.known(fact)?.as_str()
    }
}

/// The facts that the joins of one resource found.
#[derive(Debug, Default)]
struct Joined {
    scalars: Vec<(FactId, Fact)>,
    maps: Vec<(FactId, FactMap)>,
}

impl Joined {
    /// A fact of the resource, told by another one.
    fn set(&mut self, context: &Context<'_>, fact: FactId, state: FactState, from: Option<usize>) {
        let attribute = context.resource.facts.get(fact).map_or("", |fact| fact.origin.attribute);
        let teller = from.and_then(|position| context.mapped.get(position));
        let origin = Origin {
            attribute,
            resource: teller.map(|teller| std::sync::Arc::clone(&teller.place.address)),
            set_by: if from.is_some() { SetBy::Inherited } else { SetBy::Derived },
        };
        self.scalars.push((fact, Fact::new(state, origin)));
    }

    fn put_into(self, resource: &mut Resource) {
        for (id, fact) in self.scalars {
            resource.facts.set(id, fact);
        }
        for (id, map) in self.maps {
            resource.facts.set_map(id, map);
        }
    }
}

#[cfg(test)]
mod tests;
