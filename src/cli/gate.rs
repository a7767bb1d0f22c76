//! From results to an exit status.

use super::ExitStatus;
use crate::model::Results;
use crate::report::Gate;

/// How the run ended.
pub(super) fn status(results: &Results, allow_partial: bool) -> ExitStatus {
    match Gate::of(results, allow_partial) {
        Gate::Passed => ExitStatus::Clean,
        Gate::Failed => ExitStatus::Failed,
        Gate::NotProven => ExitStatus::NotProven,
    }
}
