//! From results to an exit status.

use super::ExitStatus;
use crate::model::{Comparison, Results, Verdict};

/// How the run ended. What was not proven weighs more than what failed: a gate that did not see everything cannot be
/// trusted to have listed everything that is wrong.
pub(super) fn status(results: &Results, allow_partial: bool) -> ExitStatus {
    let counts = results.counts();
    if counts.decided() + counts.unknown + counts.error == 0 || counts.error > 0 {
        return ExitStatus::NotProven;
    }
    // Something is declared, and none of it was found: the wrong states, or the wrong accounts.
    let is_apart = results.drift.comparison.as_ref().is_some_and(Comparison::is_apart);
    if is_apart || (!results.gaps.is_empty() && !allow_partial) {
        return ExitStatus::NotProven;
    }
    let fails =
        |finding: crate::model::Finding<'_>| finding.severity() >= results.run.fail_on && !finding.stood_before();
    let is_failed = results.findings(&[Verdict::Fail]).any(fails) || results.drift.fails();
    if is_failed { ExitStatus::Failed } else { ExitStatus::Clean }
}
