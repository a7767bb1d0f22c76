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

use std::sync::{Arc, Mutex};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::facts::mapped::{Role, Ties};
use crate::facts::view::INHERITED;
use crate::facts::{FactId, Mapped, SharedFacts, before};
use crate::model::{Before, Fact, FactMap, FactState, Facts, Kind, Origin, Resource, SetBy};

use index::Index;

/// The judged resources of one document, joined; sorted by id.
pub fn link(mapped: Vec<Mapped>, shared: &SharedFacts) -> Vec<Resource> {
    let (mut resources, ties) = in_order(mapped);
    let used = join(&ties, &mut resources, shared);
    let concerns = |position: usize, resource: &Resource| resource.kind != Kind::Secret || used.contains(&position);
    let judged = |(position, resource): (usize, Option<Box<Resource>>)| resource.filter(|it| concerns(position, it));
    let judged: Vec<Box<Resource>> = resources.into_par_iter().enumerate().filter_map(judged).collect();
    // What joined them is of no more use, and as much to free as they are to move.
    let free = || ties.into_par_iter().for_each(drop);
    let (judged, ()) = rayon::join(|| judged.into_par_iter().map(|resource| *resource).collect(), free);
    judged
}

type Resources = Vec<Option<Box<Resource>>>;

/// How many resources are joined in one go at most: databases, which take the longest, stand side by side.
const PART: usize = 256;

/// Resources and ties by address. Positions decide which of several reasons is told, so they must not depend on the order
/// of the document.
#[expect(clippy::vec_box, reason = "they are made boxed, and a fleet of them is large")]
fn in_order(mapped: Vec<Mapped>) -> (Resources, Vec<Box<Ties>>) {
    let keyed = mapped.into_par_iter().map(|mapped| (Arc::clone(&mapped.ties.place.address), mapped));
    let mut keyed: Vec<(Arc<str>, Mapped)> = keyed.collect();
    // Stable: of equal addresses the first of the document stays first.
    keyed.par_sort_by(|(one, _), (other, _)| one.cmp(other));
    // The calls of several regions give what belongs to none of them, such as a global cluster.
    if keyed.par_windows(2).any(|two| matches!(two, [(one, _), (next, _)] if one == next)) {
        keyed.dedup_by(|(later, mapped), (kept, _)| mapped.ties.runs && later == kept);
    }
    let (mut resources, mut ties) = Default::default();
    let parts = keyed.into_par_iter().map(|(_, mapped)| (mapped.resource, mapped.ties));
    parts.unzip_into_vecs(&mut resources, &mut ties);
    (resources, ties)
}

/// Joins the resources, and tells which secrets are of databases.
fn join(ties: &[Box<Ties>], resources: &mut Resources, shared: &SharedFacts) -> FxHashSet<usize> {
    let index = Index::new(ties);
    let sources = inherit::Sources::new(ties, &index);
    sources.hand_on(ties, resources);
    let joined = join_all(ties, &index, resources, shared);
    resources.par_iter_mut().zip(joined).for_each(|(resource, facts)| {
        if let Some(resource) = resource {
            facts.put_into(resource);
        }
    });
    sources.hand_on(ties, resources);
    let secrets = resources.iter().flatten().any(|resource| resource.kind == Kind::Secret);
    if secrets { secrets::used(ties, &index) } else { FxHashSet::default() }
}

/// Those that tell something about others, with their positions: they are few, where databases are many.
struct Telling<'a> {
    /// With something to tell beside their facts.
    feeds: Vec<(usize, &'a Ties)>,
    /// With something that they told before the plan, and that others still record.
    told: Vec<&'a Ties>,
    members: Vec<(usize, &'a Ties)>,
    copies: Vec<(usize, &'a Ties)>,
}

impl<'a> Telling<'a> {
    fn new(ties: &'a [Box<Ties>]) -> Self {
        let of = |tells: fn(&Ties) -> bool| {
            let all = ties.par_iter().enumerate().map(|(position, of)| (position, of.as_ref()));
            all.filter(|(_, of)| tells(of)).collect()
        };
        Self {
            feeds: of(|of| of.feed.is_some()),
            told: ties.par_iter().map(AsRef::as_ref).filter(|of| of.told.is_some()).collect(),
            members: of(|of| of.relation(Role::Cluster).is_some()),
            copies: of(|of| of.kind == Some(Kind::BackupReplication)),
        }
    }
}

fn join_all(ties: &[Box<Ties>], index: &Index<'_>, resources: &Resources, shared: &SharedFacts) -> Vec<Joined> {
    let telling = Telling::new(ties);
    let (network, members) =
        rayon::join(|| network::Network::new(&telling, index), || cluster::Members::new(&telling, index));
    let scaling = capacity::Scaling::new(&telling, index);
    let logging = audit_logging::Logging::new(&telling, index);
    let replicated = backups::Replicated::new(&telling, index);
    let rotated = secrets::Rotated::new(&telling, index);
    let parameters = parameters::Groups::new(ties.len());
    let attached = attached::Attached::new(&telling, index);
    let ready: Vec<Mutex<Ready>> = (0..rayon::current_num_threads()).map(|_| Mutex::default()).collect();
    let join = |(position, of): (usize, &Ties)| {
        let ready = rayon::current_thread_index().and_then(|thread| ready.get(thread));
        let mut joined = Joined::default();
        if let Some(Some(resource)) = resources.get(position).filter(|_| of.stays) {
            let (telling, attached) = (&telling, &attached);
            let context = Context { ties, index, telling, attached, resources, shared, ready, position, of, resource };
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
    ties.par_iter().with_max_len(PART).map(AsRef::as_ref).enumerate().map(join).collect()
}

/// What the joins of one resource see.
struct Context<'a> {
    ties: &'a [Box<Ties>],
    resources: &'a [Option<Box<Resource>>],
    index: &'a Index<'a>,
    telling: &'a Telling<'a>,
    attached: &'a attached::Attached,
    shared: &'a SharedFacts,
    /// Those of the thread that joins, so that no other waits for them.
    ready: Option<&'a Mutex<Ready>>,
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
        before(self.resources.get(position)?.as_ref()?)
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

/// Joined facts that were made for other resources, by all that they were made of.
type Ready = FxHashMap<MadeOf, Arc<Fact>>;

/// What a joined fact is made of, where that is no more than this: databases that refer to the same have the same.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct MadeOf {
    fact: FactId,
    attribute: &'static str,
    /// What the resource refers to, which tells.
    told_by: usize,
    /// The address of its engine's name, which stays where it is while resources are joined.
    engine: Option<usize>,
    port: Option<i64>,
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

    /// A fact that is the same for all that refer to a resource, told by it; what else it is made of, `with` adds.
    fn set_alike(
        &mut self,
        context: &Context<'_>,
        (fact, told_by): (FactId, usize),
        with: impl FnOnce(&mut MadeOf),
        make: impl FnOnce() -> (FactState, Option<usize>),
    ) {
        let attribute = context.resource.facts.get(fact).map_or("", |fact| fact.origin.attribute);
        let mut of = MadeOf { fact, attribute, told_by, engine: None, port: None };
        with(&mut of);
        let ready = || context.ready?.lock().ok();
        let known = ready().and_then(|ready| ready.get(&of).map(Arc::clone));
        let made = known.unwrap_or_else(|| {
            let (state, from) = make();
            let made = context.shared.fact(fact, Fact::new(state, context.origin(fact, from)));
            if let Some(mut ready) = ready() {
                ready.insert(of, Arc::clone(&made));
            }
            made
        });
        self.now.scalars.push((fact, made));
    }

    /// Facts that the resource takes over from another one, as far as its kind has them.
    fn leave_to_source(&mut self, context: &Context<'_>, facts: &[FactId]) {
        for (id, own) in facts.iter().filter_map(|id| Some((*id, context.resource.facts.get(*id)?))) {
            self.now.set_fact(context, id, Fact::new(INHERITED, own.origin.clone()));
        }
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
