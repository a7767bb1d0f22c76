//! Equal facts of different resources, kept once.

use std::fmt;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::facts::api::{Api, Object};
use crate::facts::mapped::Relations;
use crate::facts::memo::Memo;
use crate::facts::object_memo::ObjectMemo;
use crate::facts::{CATALOGUE, FactId};
use crate::model::{Fact, FactMap};
use crate::source::aws::{Layout, Member, RawItem};
use crate::source::terraform::Attributes;

/// The facts that were made so far, one set for each worker, so that none waits for another. A clone shares them too.
#[derive(Clone)]
pub struct SharedFacts(Arc<[Mutex<OfWorker>]>);

/// What one worker made so far.
#[derive(Default)]
pub(crate) struct OfWorker {
    known: Known,
    memo: Memo,
    objects: ObjectMemo,
    layouts: FxHashMap<&'static str, Layout>,
    relations: Relations,
}

impl OfWorker {
    /// What was made of earlier resources, and the facts.
    pub(crate) fn parts(&mut self) -> (&mut Memo, &mut Known) {
        (&mut self.memo, &mut self.known)
    }

    /// The members of an object, walked along the one before it of the same call.
    pub(crate) fn members<'a>(&mut self, item: &RawItem<'a>) -> Option<Vec<Member<'a>>> {
        item.members(self.layouts.entry(item.operation.action).or_default())
    }

    /// The attributes of an object of a provider's API.
    pub(crate) fn attributes(&mut self, api: &'static Api, object: &Object<'_>) -> Attributes {
        self.objects.attributes(api, object)
    }

    /// The relations of earlier resources.
    pub(crate) fn relations(&mut self) -> &mut Relations {
        &mut self.relations
    }
}

/// The facts of one worker.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// By fact.
    last: Vec<Last>,
    facts: FxHashSet<Arc<Fact>>,
    maps: FxHashSet<Arc<FactMap>>,
    sharing: Sharing,
}

/// The fact that was made last: more often than not the next one is the same.
#[derive(Debug, Default)]
struct Last {
    fact: Option<Arc<Fact>>,
    sharing: Sharing,
}

impl fmt::Debug for SharedFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedFacts").field("workers", &self.0.len()).finish()
    }
}

impl SharedFacts {
    /// No facts yet.
    pub fn new() -> Self {
        Self((0..=rayon::current_num_threads()).map(|_| Mutex::default()).collect())
    }

    /// A fact, or its equal that was made before.
    pub(crate) fn fact(&self, id: FactId, fact: Fact) -> Arc<Fact> {
        match self.of_this_worker() {
            Some(mut worker) => worker.known.fact(id, fact),
            None => Arc::new(fact),
        }
    }

    /// A fact that is read by key, or its equal that was made before.
    pub(crate) fn map(&self, map: FactMap) -> Arc<FactMap> {
        match self.of_this_worker() {
            Some(mut worker) => worker.known.map(map),
            None => Arc::new(map),
        }
    }

    /// What this worker knows, for it alone.
    pub(crate) fn of_this_worker(&self) -> Option<MutexGuard<'_, OfWorker>> {
        let worker = rayon::current_thread_index().map_or(0, |index| index + 1);
        self.0.get(worker)?.lock().ok()
    }
}

impl Known {
    /// A fact, or its equal that was made before.
    pub(crate) fn fact(&mut self, id: FactId, fact: Fact) -> Arc<Fact> {
        let Self { last, facts, .. } = self;
        if last.is_empty() {
            last.resize_with(CATALOGUE.len(), Last::default);
        }
        let Some(Last { fact: last, sharing }) = last.get_mut(id.index()) else { return Arc::new(fact) };
        match last {
            Some(last) if **last == fact => Arc::clone(last),
            _ => Arc::clone(last.insert(sharing.share(facts, fact))),
        }
    }

    /// A fact that is read by key, or its equal that was made before.
    pub(crate) fn map(&mut self, map: FactMap) -> Arc<FactMap> {
        self.sharing.share(&mut self.maps, map)
    }
}

/// Whether it pays to look for equals of a fact: what each resource has of its own has none, be it hashed ever so often.
#[derive(Debug, Default)]
struct Sharing {
    made: u32,
    met: u32,
}

impl Sharing {
    /// How many are made before that is found out.
    const TRIED: u32 = 1024;

    fn share<T: Eq + Hash>(&mut self, known: &mut FxHashSet<Arc<T>>, new: T) -> Arc<T> {
        if self.made >= Self::TRIED && self.met < self.made / 8 {
            return Arc::new(new);
        }
        if let Some(same) = known.get(&new) {
            self.met += 1;
            return Arc::clone(same);
        }
        self.made += 1;
        let new = Arc::new(new);
        known.insert(Arc::clone(&new));
        new
    }
}

impl Default for SharedFacts {
    fn default() -> Self {
        Self::new()
    }
}
