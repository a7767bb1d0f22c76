//! How a run ends: what decides the exit status, and what a report for people says first.

use crate::model::{Comparison, Results, Verdict};

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Everything was judged, and nothing is at or above the gate's severity.
    Passed,
    /// Something is.
    Failed,
    /// Nothing was evaluated, a rule raised an error, or part of the scope could not be read.
    NotProven,
}

impl Gate {
    /// How a run ends. What was not proven weighs more than what failed: a gate that did not see everything cannot be
    /// trusted to have listed everything that is wrong.
    pub fn of(results: &Results, allow_partial: bool) -> Self {
        if !is_proven(results) || (!results.gaps.is_empty() && !allow_partial) {
            return Self::NotProven;
        }
        let fails =
            |finding: crate::model::Finding<'_>| finding.severity() >= results.run.fail_on && !finding.stood_before();
        let is_failed = results.findings(&[Verdict::Fail]).any(fails) || results.drift.fails();
        if is_failed { Self::Failed } else { Self::Passed }
    }
}

/// Whether what was read could be judged.
fn is_proven(results: &Results) -> bool {
    // A comparison in which no resource is on both sides proves nothing: the wrong states, or the wrong accounts.
    if results.drift.comparison.as_ref().is_some_and(Comparison::is_apart) {
        return false;
    }
    if super::drift::is_all(results) {
        return true;
    }
    let counts = results.counts();
    counts.decided() + counts.unknown > 0 && counts.error == 0
}
