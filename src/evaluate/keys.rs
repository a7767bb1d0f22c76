//! Columns of classes folded into one number a resource, and what belongs to each number.

use rustc_hash::FxHashMap;

use super::classes::Classes;

/// Numbers that are equal exactly where all columns added so far are equal.
pub(super) struct Keys {
    keys: Vec<u64>,
    /// Every key is below it.
    bound: u64,
}

impl Keys {
    pub(super) fn new(rows: usize) -> Self {
        Self { keys: vec![0; rows], bound: 1 }
    }

    /// Adds a column whose classes are below `count`.
    pub(super) fn add(&mut self, column: &Classes, count: usize) {
        if column.is_same_for_all() {
            return;
        }
        let count = (count as u64).max(1);
        if self.bound.checked_mul(count).is_none() {
            self.renumber();
        }
        column.fold_into(&mut self.keys, count);
        self.bound = self.bound.saturating_mul(count);
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

    /// Row by row.
    pub(super) fn finish(self) -> Rows {
        let Self { keys, bound } = self;
        // A table of all keys is the quickest, as long as filling it takes no longer than asking it.
        let most = (keys.len() as u64).max(256);
        let known =
            if bound <= most { Known::Table(vec![NOT_YET; bound as usize]) } else { Known::Map(FxHashMap::default()) };
        Rows { keys: keys.into_iter().enumerate(), known }
    }
}

/// What belongs to the rows, one after the other: what belongs to a key is found once.
pub(super) struct Rows {
    keys: std::iter::Enumerate<std::vec::IntoIter<u64>>,
    known: Known,
}

enum Known {
    Table(Vec<u32>),
    Map(FxHashMap<u64, u32>),
}

/// Nothing is known of the key. As the number of an outcome it would need more resources than there can be.
const NOT_YET: u32 = u32::MAX;

impl Rows {
    /// What belongs to the next row; `new` finds it, given the row, for a key that no row had before.
    pub(super) fn next(&mut self, new: impl FnOnce(usize) -> u32) -> Option<u32> {
        let (row, key) = self.keys.next()?;
        match &mut self.known {
            Known::Table(known) => {
                let known = known.get_mut(key as usize)?;
                if *known == NOT_YET {
                    *known = new(row);
                }
                Some(*known)
            }
            Known::Map(known) => Some(*known.entry(key).or_insert_with(|| new(row))),
        }
    }

    /// How many rows are to come.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(of: &[u32]) -> Classes {
        of.iter().copied().collect()
    }

    #[test]
    fn equal_rows_and_only_they_have_equal_keys() {
        let mut keys = Keys::new(4);
        keys.add(&column(&[0, 1, 0, 1]), 2);
        keys.add(&column(&[5, 5, 5, 5]), 9);
        keys.add(&column(&[2, 2, 2, 0]), 3);
        assert_eq!(keys.keys[0], keys.keys[2]);
        assert_eq!(keys.keys.iter().collect::<std::collections::BTreeSet<_>>().len(), 3);
    }

    #[test]
    fn many_wide_columns_do_not_overflow() {
        let mut keys = Keys::new(3);
        for _ in 0..8 {
            keys.add(&column(&[4_000_000_000, 7, 4_000_000_000]), u32::MAX as usize);
        }
        assert_eq!(keys.keys[0], keys.keys[2]);
        assert_ne!(keys.keys[0], keys.keys[1]);
    }

    #[test]
    fn what_belongs_to_a_key_is_found_once() {
        for classes in [3, 3_000_000] {
            let mut keys = Keys::new(4);
            keys.add(&column(&[0, 2, 0, 2]), classes);
            let mut rows = keys.finish();
            let mut found = 0;
            let numbers: Vec<Option<u32>> = (0..5)
                .map(|_| {
                    rows.next(|_| {
                        found += 1;
                        found
                    })
                })
                .collect();
            assert_eq!(numbers, [Some(1), Some(2), Some(1), Some(2), None]);
        }
    }
}
