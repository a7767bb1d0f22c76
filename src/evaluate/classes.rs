//! One small number a resource, in as little memory as they need: most facts have one state in all resources of a kind, nearly
//! all have fewer than 256.

/// One number a row.
#[derive(Clone, Debug)]
pub(super) struct Classes {
    rows: usize,
    of: Of,
}

#[derive(Clone, Debug)]
enum Of {
    /// The same for all rows.
    All(u32),
    /// By row.
    Narrow(Vec<u8>),
    /// By row, where one is above 255.
    Wide(Vec<u32>),
}

impl Classes {
    /// No rows yet.
    pub(super) fn new() -> Self {
        Self { rows: 0, of: Of::All(0) }
    }

    /// The number of a row; that of the first for rows that are not there.
    pub(super) fn get(&self, row: usize) -> u32 {
        match &self.of {
            Of::All(class) => *class,
            Of::Narrow(classes) => classes.get(row).copied().map_or(0, u32::from),
            Of::Wide(classes) => classes.get(row).copied().unwrap_or(0),
        }
    }

    /// Adds a row.
    pub(super) fn push(&mut self, class: u32) {
        match &mut self.of {
            Of::All(all) if self.rows == 0 => *all = class,
            Of::All(all) if *all == class => {}
            Of::Narrow(classes) if class <= NARROW => classes.push(class as u8),
            Of::Wide(classes) => classes.push(class),
            Of::All(_) | Of::Narrow(_) => self.widen(class),
        }
        self.rows += 1;
    }

    /// Adds a row that does not fit the rows before it.
    fn widen(&mut self, class: u32) {
        let rows = (0..self.rows).map(|row| self.get(row)).chain([class]);
        self.of = match &self.of {
            Of::All(all) if (*all).max(class) <= NARROW => Of::Narrow(rows.map(|class| class as u8).collect()),
            _ => Of::Wide(rows.collect()),
        };
    }

    /// Adds the rows of others, renumbered.
    pub(super) fn append(&mut self, others: Self, renumbered: &[u32]) {
        let new = |class: u32| renumbered.get(class as usize).copied().unwrap_or(class);
        match (&self.of, &others.of) {
            (Of::All(all), Of::All(other)) if self.rows > 0 && *all == new(*other) => self.rows += others.rows,
            _ if self.rows == 0 && (0u32..).zip(renumbered).all(|(old, new)| old == *new) => *self = others,
            _ => (0..others.rows).for_each(|row| self.push(new(others.get(row)))),
        }
    }

    /// Folds each row into the number of the same row: `number * factor + class`. Says whether there was anything to fold: one
    /// number for all rows tells none of them from another.
    pub(super) fn fold_into(&self, numbers: &mut [u64], factor: u64) -> bool {
        fn fold<T: Copy + Into<u64>>(numbers: &mut [u64], factor: u64, classes: &[T]) -> bool {
            for (number, class) in numbers.iter_mut().zip(classes) {
                *number = *number * factor + (*class).into();
            }
            true
        }
        match &self.of {
            Of::All(_) => false,
            Of::Narrow(classes) => fold(numbers, factor, classes),
            Of::Wide(classes) => fold(numbers, factor, classes),
        }
    }

    /// Whether all rows have the same number.
    pub(super) fn is_same_for_all(&self) -> bool {
        matches!(self.of, Of::All(_))
    }
}

impl FromIterator<u32> for Classes {
    fn from_iter<I: IntoIterator<Item = u32>>(all: I) -> Self {
        let mut classes = Self::new();
        all.into_iter().for_each(|class| classes.push(class));
        classes
    }
}

/// The greatest number of a narrow column.
const NARROW: u32 = u8::MAX as u32;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn classes(of: &[u32]) -> Classes {
        of.iter().copied().collect()
    }

    fn rows(classes: &Classes) -> Vec<u32> {
        (0..classes.rows).map(|row| classes.get(row)).collect()
    }

    #[test]
    fn what_all_rows_share_takes_no_memory() {
        assert!(classes(&[7; 100]).is_same_for_all());
        assert!(!classes(&[7, 7, 8]).is_same_for_all());
        let mut both = classes(&[7; 3]);
        both.append(classes(&[0; 2]), &[7]);
        assert!(both.is_same_for_all());
        assert_eq!(rows(&both), [7; 5]);
    }

    proptest! {
        #[test]
        fn rows_are_what_was_added(of in prop::collection::vec(prop_oneof![0u32..3, 250u32..260, any::<u32>()], 0..20)) {
            prop_assert_eq!(rows(&classes(&of)), of);
        }

        #[test]
        fn rows_of_others_come_renumbered(
            first in prop::collection::vec(0u32..300, 0..9),
            then in prop::collection::vec(0u32..3, 0..9),
            numbers in prop_oneof![Just([0, 1, 2]), Just([2, 300, 7])],
        ) {
            let mut both = classes(&first);
            both.append(classes(&then), &numbers);
            let expected: Vec<u32> = first.iter().copied().chain(then.iter().map(|old| numbers[*old as usize])).collect();
            prop_assert_eq!(rows(&both), expected);
        }

        #[test]
        fn folding_tells_rows_apart_as_their_numbers_do(of in prop::collection::vec(0u32..300, 1..9)) {
            let classes = classes(&of);
            let mut numbers = vec![0; of.len()];
            prop_assert_eq!(classes.fold_into(&mut numbers, 300), !classes.is_same_for_all());
            let expected: Vec<u64> = of.iter().map(|class| u64::from(*class)).collect();
            prop_assert!(numbers == expected || classes.is_same_for_all());
        }
    }
}
