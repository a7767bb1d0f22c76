//! The history of a fleet: what each run found, in one SQLite file.
//!
//! A night says what is wrong; its history says since when, how often it came back, and what became of it. The file holds
//! runs, resources, verdicts, drift, waivers, gaps and the measured facts that key figures are made of. What stays the same
//! from run to run is one row, from its first run to its last, so a year of nights is not a year of copies.
//!
//! What the history promises:
//!
//! - A run is recorded in one transaction: a crash loses at most the run under way, and two runs at once come one after
//!   the other.
//! - **A gap closes nothing.** What was not seen is not fixed, and a resource of an account that could not be read is not
//!   gone; both are "not evaluated now" until they are seen again.
//! - A file of a newer version, of something else, a damaged or a read-only one is one error, and nothing is written.
//! - Nothing is in it that a report would not show; values of facts that may be sensitive are not recorded at all.
//!
//! [`History::open`] and [`History::create`] are the only doors; [`RunRecord`] is what goes in, and it is a plain value: no
//! function here reads the clock.

mod codes;
mod diff;
mod error;
mod export;
pub mod kpi;
mod of_results;
mod open;
mod prune;
mod read;
mod record;
mod report;
mod rows;
mod run;
mod schema;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use diff::{ChangeKind, ChangedDrift, ChangedFinding, RunDiff};
pub use error::{HistoryError, Problem};
pub(crate) use of_results::owner;
pub use of_results::{Looked, drifts_of, of_results};
pub use open::History;
pub use prune::Pruned;
pub use read::{GapRow, RunRow, RunShown, WaiverRow};
pub use record::{FindingLife, Recorded};
pub use run::{DriftRecord, DriftSeen, Measured, ResourceSeen, RuleSeen, RunRecord, VerdictSeen};
