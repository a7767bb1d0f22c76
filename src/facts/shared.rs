//! Equal facts of different resources, kept once.

use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard};

use rustc_hash::FxHashSet;

use crate::facts::{CATALOGUE, FactId};
use crate::model::{Fact, FactMap};

/// The facts that were made so far, one set for each worker, so that none waits for another. A clone shares them too.
#[derive(Clone, Debug)]
pub struct SharedFacts(Arc<[Mutex<Known>]>);

#[derive(Debug, Default)]
struct Known {
    /// By fact, the one that was made last: more often than not the next one is the same.
    last: Vec<Option<Arc<Fact>>>,
    facts: FxHashSet<Arc<Fact>>,
    maps: FxHashSet<Arc<FactMap>>,
}

impl SharedFacts {
    /// No facts yet.
    pub fn new() -> Self {
        Self((0..=rayon::current_num_threads()).map(|_| Mutex::default()).collect())
    }

    /// A fact, or its equal that was made before.
    pub(crate) fn fact(&self, id: FactId, fact: Fact) -> Arc<Fact> {
        let Some(mut known) = self.of_this_worker() else { return Arc::new(fact) };
        let Known { last, facts, .. } = &mut *known;
        if last.is_empty() {
            last.resize(CATALOGUE.len(), None);
        }
        let Some(last) = last.get_mut(id.index()) else { return Arc::new(fact) };
        match last {
            Some(last) if **last == fact => Arc::clone(last),
            _ => Arc::clone(last.insert(share(facts, fact))),
        }
    }

    /// A fact that is read by key, or its equal that was made before.
    pub(crate) fn map(&self, map: FactMap) -> Arc<FactMap> {
        match self.of_this_worker() {
            Some(mut known) => share(&mut known.maps, map),
            None => Arc::new(map),
        }
    }

    fn of_this_worker(&self) -> Option<MutexGuard<'_, Known>> {
        let worker = rayon::current_thread_index().map_or(0, |index| index + 1);
        self.0.get(worker)?.lock().ok()
    }
}

fn share<T: Eq + Hash>(known: &mut FxHashSet<Arc<T>>, new: T) -> Arc<T> {
    if let Some(same) = known.get(&new) {
        return Arc::clone(same);
    }
    let new = Arc::new(new);
    known.insert(Arc::clone(&new));
    new
}

impl Default for SharedFacts {
    fn default() -> Self {
        Self::new()
    }
}
