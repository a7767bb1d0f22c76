//! The life of a finding: when it was found, since when it is open, how often it came back.

use super::{is_open, is_silent};
use crate::model::Verdict;

/// The life of the finding of one rule on one resource, in numbers of runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FindingLife {
    /// The first run that found it, ever.
    pub found: Option<i64>,
    /// The run since which it has been open; `None` when it is not.
    pub opened: Option<i64>,
    /// How often it came back after it was gone.
    pub reopened: i64,
    /// The last run that saw it, when it is open and not known now.
    pub failed: Option<i64>,
}

impl FindingLife {
    /// Its life after one more run. `before` is the last run that saw the resource.
    pub(in crate::history) fn next(self, was: Option<Verdict>, now: Verdict, run: i64, before: Option<i64>) -> Self {
        if is_open(now) {
            return match self.opened {
                Some(_) => Self { failed: None, ..self },
                None => Self {
                    found: self.found.or(Some(run)),
                    opened: Some(run),
                    reopened: self.reopened + i64::from(self.found.is_some()),
                    failed: None,
                },
            };
        }
        match self.opened {
            Some(_) if is_silent(now) && was.is_some_and(is_open) => Self { failed: before, ..self },
            Some(_) if is_silent(now) => self,
            _ => self.closed(),
        }
    }

    /// Its life once it is fixed, or gone with its resource.
    pub(in crate::history) fn closed(self) -> Self {
        Self { opened: None, failed: None, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::{Fail, NotApplicable, Pass, Unknown, Waived};

    /// The life after verdicts of runs 1, 2, …; `None` when the resource was not seen.
    fn life(verdicts: &[Option<Verdict>]) -> FindingLife {
        let mut life = FindingLife::default();
        let (mut was, mut before) = (None, None);
        for (run, verdict) in (1..).zip(verdicts) {
            let Some(verdict) = verdict else { continue };
            life = life.next(was, *verdict, run, before);
            (was, before) = (Some(*verdict), Some(run));
        }
        life
    }

    #[test]
    fn what_is_not_known_keeps_a_finding_open_and_tells_when_it_was_last_seen() {
        let open = FindingLife { found: Some(2), opened: Some(2), reopened: 0, failed: None };
        assert_eq!(life(&[Some(Pass), Some(Fail)]), open);
        assert_eq!(life(&[Some(Pass), Some(Fail), Some(Fail), Some(Unknown)]), FindingLife { failed: Some(3), ..open });
        let unread = [Some(Pass), Some(Fail), None, Some(Unknown), Some(Unknown)];
        assert_eq!(life(&unread), FindingLife { failed: Some(2), ..open });
        assert_eq!(life(&[Some(Pass), Some(Fail), Some(Unknown), Some(Waived)]), open);
        assert_eq!(life(&[Some(Unknown), Some(Pass)]), FindingLife::default());
    }

    #[test]
    fn a_finding_that_comes_back_is_counted() {
        let back = life(&[Some(Fail), Some(Pass), Some(Fail), Some(NotApplicable), Some(Unknown), Some(Fail)]);
        assert_eq!(back, FindingLife { found: Some(1), opened: Some(6), reopened: 2, failed: None });
    }
}
