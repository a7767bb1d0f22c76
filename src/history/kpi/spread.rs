//! Numbers that were measured, and what is told of them: mean, median, percentile, worst.

use std::sync::Arc;

use super::value::{By, Group, Grouped, Kpi, KpiValue};

/// The number at place ⌈q·n⌉ of n numbers in order, `hundredths` being q in percent; `None` of no number.
pub fn percentile(numbers: &mut [i64], hundredths: usize) -> Option<i64> {
    let place = (numbers.len() * hundredths).div_ceil(100).max(1) - 1;
    if place >= numbers.len() {
        return None;
    }
    let (_, found, _) = numbers.select_nth_unstable(place);
    Some(*found)
}

/// What is told of several numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Mean,
    /// In percent: 50 is the median, 100 the greatest, 0 the least.
    Percentile(usize),
}

impl Kpi {
    /// Fills it from numbers, of whose unit so many make one of the figure's.
    pub(super) fn of_numbers(self, numbers: &Grouped<Vec<i64>>, (told, unit): (Told, i64), why: &str) -> Self {
        let value = |numbers: &Vec<i64>| match number(numbers, told, unit) {
            Some(value) => KpiValue::Number { value, of: numbers.len() },
            None => KpiValue::Unknown(why.to_owned()),
        };
        let group = |((by, name), numbers): (&(By, Arc<str>), &Vec<i64>)| Group {
            by: *by,
            name: Arc::clone(name),
            value: value(numbers),
        };
        Self { value: value(&numbers.all), groups: numbers.groups.iter().map(group).collect(), ..self }
    }
}

/// What is told of numbers, in a unit of so many of theirs.
pub(super) fn number(numbers: &[i64], told: Told, unit: i64) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "they are seconds and days")]
    match told {
        Told::Mean if numbers.is_empty() => None,
        Told::Mean => Some(numbers.iter().sum::<i64>() as f64 / numbers.len() as f64 / unit as f64),
        Told::Percentile(hundredths) => {
            percentile(&mut numbers.to_vec(), hundredths).map(|found| found as f64 / unit as f64)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_number_that_was_measured() {
        let of = |numbers: &[i64], q| percentile(&mut numbers.to_vec(), q);
        assert_eq!(of(&[], 50), None);
        assert_eq!((of(&[7], 0), of(&[7], 50), of(&[7], 100)), (Some(7), Some(7), Some(7)));
        let hundred: Vec<i64> = (1..=100).rev().collect();
        assert_eq!((of(&hundred, 50), of(&hundred, 95), of(&hundred, 100)), (Some(50), Some(95), Some(100)));
        assert_eq!(of(&[1, 2, 3], 50), Some(2));
        assert_eq!(of(&[1, 2, 3, 4], 95), Some(4));
    }
}
