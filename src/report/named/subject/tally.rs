//! Counts of verdicts, as shares of what could be told.

use super::Of;
use crate::model::{Text, Verdict};
use crate::report::named::model::{Cell, Figure, Tone};

/// How many verdicts of each sort, for shares of a whole.
#[derive(Clone, Copy, Default)]
pub struct Tally {
    /// Those that hold.
    pub pass: usize,
    /// Those that do not, accepted or not.
    pub fail: usize,
    /// Those that are not known.
    pub unknown: usize,
    /// Those that the rule has no meaning for.
    pub not_applicable: usize,
}

impl Tally {
    /// Counts the verdicts of a rule.
    pub fn of<'a>(subjects: impl Iterator<Item = Of<'a>>, rule: &str) -> Self {
        let mut tally = Self::default();
        subjects.for_each(|of| tally.add(of.judged(rule)));
        tally
    }

    /// Counts one more.
    pub fn add(&mut self, verdict: Option<Verdict>) {
        match verdict {
            Some(Verdict::Pass) => self.pass += 1,
            // An accepted failure is one.
            Some(Verdict::Fail | Verdict::Waived) => self.fail += 1,
            Some(Verdict::Unknown | Verdict::Error) => self.unknown += 1,
            Some(Verdict::NotApplicable) | None => self.not_applicable += 1,
        }
    }

    /// The share that holds, of what could be told.
    pub fn share(&self) -> Cell {
        Cell::share(self.pass, self.pass + self.fail, "it could be told of none")
    }

    /// The share as a figure, with what it leaves out; good when it is whole.
    pub fn figure(&self, key: &'static str, title: &'static str) -> Figure {
        let tone = match (self.pass, self.fail) {
            (_, 1..) => Tone::Bad,
            (1.., 0) if self.unknown == 0 => Tone::Good,
            _ => Tone::Attention,
        };
        Figure { note: self.left_out().map(Text::from), ..Figure::new(key, title, self.share().toned(tone)) }
    }

    /// What the share leaves out, in words.
    fn left_out(&self) -> Option<String> {
        let parts = [(self.unknown, "not known"), (self.not_applicable, "not applicable")];
        let parts: Vec<String> =
            parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
        (!parts.is_empty()).then(|| format!("leaves out {}", parts.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(verdicts: &[Verdict]) -> Figure {
        let mut tally = Tally::default();
        verdicts.iter().for_each(|verdict| tally.add(Some(*verdict)));
        tally.figure("compliant", "Compliant")
    }

    #[test]
    fn a_share_counts_accepted_failures_and_says_what_it_leaves_out() {
        let figure = of(&[Verdict::Pass, Verdict::Fail, Verdict::Waived, Verdict::Unknown, Verdict::NotApplicable]);
        assert_eq!(figure.value, Cell::share(1, 3, "").toned(Tone::Bad));
        assert_eq!(figure.note, Some("leaves out 1 not known, 1 not applicable".into()));
    }

    #[test]
    fn a_share_of_what_nobody_knows_is_not_known_and_a_whole_one_of_a_part_is_not_good() {
        assert_eq!(of(&[Verdict::Unknown]).value, Cell::unknown("it could be told of none").toned(Tone::Attention));
        assert_eq!(of(&[Verdict::Pass, Verdict::Unknown]).value.tone, Tone::Attention);
        assert_eq!(of(&[Verdict::Pass]).value.tone, Tone::Good);
    }
}
