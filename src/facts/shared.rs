//! Equal facts of different resources, kept once.

use std::hash::Hash;
use std::sync::{Arc, Mutex};

use rustc_hash::FxHashSet;

use crate::model::{Fact, FactMap};

/// The facts that were made so far, one set for each worker, so that none waits for another.
#[derive(Debug)]
pub struct SharedFacts(Vec<Mutex<Known>>);

#[derive(Debug, Default)]
struct Known {
    facts: FxHashSet<Arc<Fact>>,
    maps: FxHashSet<Arc<FactMap>>,
}

impl SharedFacts {
    /// No facts yet.
    pub fn new() -> Self {
        Self((0..=rayon::current_num_threads()).map(|_| Mutex::default()).collect())
    }

    /// A fact, or its equal that was made before.
    pub(crate) fn fact(&self, fact: Fact) -> Arc<Fact> {
        self.with(fact, |known| &mut known.facts)
    }

    /// A fact that is read by key, or its equal that was made before.
    pub(crate) fn map(&self, map: FactMap) -> Arc<FactMap> {
        self.with(map, |known| &mut known.maps)
    }

    fn with<T: Eq + Hash>(&self, new: T, set: impl Fn(&mut Known) -> &mut FxHashSet<Arc<T>>) -> Arc<T> {
        let worker = rayon::current_thread_index().map_or(0, |index| index + 1);
        let Some(Ok(mut known)) = self.0.get(worker).map(Mutex::lock) else { return Arc::new(new) };
        let known = set(&mut known);
        if let Some(same) = known.get(&new) {
            return Arc::clone(same);
        }
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
