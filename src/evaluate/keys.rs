//! Columns of classes folded into one number a resource.

use rustc_hash::FxHashMap;

/// Numbers that are equal exactly where all columns added so far are equal.
pub(super) struct Keys {
    keys: Vec<u64>,
    /// Every key is below it.
    bound: u64,
}

impl Keys {
    pub(super) fn new(resources: usize) -> Self {
        Self { keys: vec![0; resources], bound: 1 }
    }

    /// Adds a column whose classes are below `classes`.
    pub(super) fn add(&mut self, column: impl Iterator<Item = u32>, classes: u64) {
        let classes = classes.max(1);
        if self.bound.checked_mul(classes).is_none() {
            self.renumber();
        }
        for (key, class) in self.keys.iter_mut().zip(column) {
            *key = *key * classes + u64::from(class);
        }
        self.bound = self.bound.saturating_mul(classes);
    }

    /// Gives the distinct keys the numbers from 0. INVARIANT: both counts fit 32 bits afterwards, so their product fits 64.
    fn renumber(&mut self) {
        let mut numbers: FxHashMap<u64, u64> = FxHashMap::default();
        for key in &mut self.keys {
            let next = numbers.len() as u64;
            *key = *numbers.entry(*key).or_insert(next);
        }
        self.bound = numbers.len() as u64;
    }

    pub(super) fn finish(self) -> Vec<u64> {
        self.keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_rows_and_only_they_have_equal_keys() {
        let mut keys = Keys::new(4);
        keys.add([0, 1, 0, 1].into_iter(), 2);
        keys.add([2, 2, 2, 0].into_iter(), 3);
        let keys = keys.finish();
        assert_eq!(keys[0], keys[2]);
        assert_eq!(keys.iter().collect::<std::collections::BTreeSet<_>>().len(), 3);
    }

    #[test]
    fn many_wide_columns_do_not_overflow() {
        let mut keys = Keys::new(3);
        for _ in 0..8 {
            keys.add([4_000_000_000, 7, 4_000_000_000].into_iter(), u64::from(u32::MAX));
        }
        let keys = keys.finish();
        assert_eq!(keys[0], keys[2]);
        assert_ne!(keys[0], keys[1]);
    }
}
