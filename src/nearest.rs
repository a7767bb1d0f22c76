//! Finds the word that a user probably meant.

use std::collections::BTreeSet;

/// Below this likeness a suggestion would be a guess.
const ENOUGH: f64 = 0.5;

/// The most similar of the candidates; the first of equals.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let likeness = likeness(word, candidate);
        if likeness >= ENOUGH && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// From 0 (nothing in common) to 1 (the same). Typing errors keep most letters in place, which the edit distance sees;
/// a forgotten word (`min_backup_days` for `min_backup_retention_days`) keeps most pairs of letters.
fn likeness(a: &str, b: &str) -> f64 {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    edits(&a, &b).max(pairs(&a, &b))
}

#[expect(clippy::cast_precision_loss, reason = "lengths of words")]
fn edits(a: &str, b: &str) -> f64 {
    let longest = a.chars().count().max(b.chars().count()).max(1);
    1.0 - distance(a, b) as f64 / longest as f64
}

#[expect(clippy::cast_precision_loss, reason = "lengths of words")]
fn pairs(a: &str, b: &str) -> f64 {
    let (a, b) = (pairs_of(a), pairs_of(b));
    2.0 * a.intersection(&b).count() as f64 / (a.len() + b.len()).max(1) as f64
}

fn pairs_of(word: &str) -> BTreeSet<(char, char)> {
    word.chars().zip(word.chars().skip(1)).collect()
}

/// The number of letters to insert, delete or replace (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (position, from) in a.chars().enumerate() {
        let mut diagonal = position;
        let mut left = position + 1;
        let mut next = vec![left];
        for (to, above) in b.iter().zip(row.iter().skip(1)) {
            left = (diagonal + usize::from(from != *to)).min(left + 1).min(above + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_edits() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("same", "same"), 0);
    }

    #[test]
    fn a_forgotten_word_and_swapped_letters_are_recognised() {
        let names = ["min_backup_retention_days", "require_multi_az"];
        assert_eq!(nearest("min_backup_days", names), Some("min_backup_retention_days"));
        assert_eq!(nearest("paramters", ["name", "parameters"]), Some("parameters"));
        assert_eq!(nearest("nmae", ["name", "tiers"]), Some("name"));
    }

    #[test]
    fn nothing_is_suggested_for_a_stranger() {
        assert_eq!(nearest("wombat", ["name", "tiers"]), None);
    }
}
