//! Key figures of a fleet, from its history: where it stands, by tier, account, owner and engine, and how that moved.
//!
//! Every figure says what it counts and of how many. One that the history cannot tell says why; it is never 0 and never
//! 100% because nothing was looked at. Figures of now are those of the last run, of what that run saw; what happened over
//! time (findings and drift that ended) is counted over a period before it. Percentiles are nearest-rank: of n numbers in
//! order, the one at place ⌈q·n⌉, so that each is a number that was measured.

mod coverage;
mod drift;
pub mod drills;
mod facts;
mod fleet;
mod past;
mod recovery;
mod remediation;
mod rules;
mod spread;
mod value;
mod waivers;

use std::sync::Arc;

use super::error::{HistoryError, Problem};
use super::open::History;
use super::read::{GapRow, instant};
use crate::report::named::access::review::Reviews;
use drills::Drills;
use fleet::Fleet;

pub use spread::percentile;
pub use value::{By, Group, Kpi, KpiPoint, KpiValue};
pub use waivers::ApproverLoad;

/// What is asked of the figures.
#[derive(Debug)]
pub struct ScorecardOptions {
    /// Over how many days before the last run what ended is counted.
    pub period_days: u32,
    /// What people attest.
    pub attested: Attested,
}

/// What no scan can see, and people attest in files that are reviewed like code.
#[derive(Debug, Default)]
pub struct Attested {
    /// Restore drills.
    pub drills: Option<Drills>,
    /// Access reviews.
    pub reviews: Option<Reviews>,
}

/// The key figures of a fleet.
#[derive(Clone, Debug, PartialEq)]
pub struct Scorecard {
    /// The instant of the last run; RFC 3339, UTC.
    pub as_of: Arc<str>,
    /// The number of the last run.
    pub run: i64,
    /// How many runs the trends are of.
    pub runs: usize,
    /// The baseline of the last run.
    pub baseline: String,
    /// The databases that are known and not known to be gone.
    pub databases: usize,
    /// Over how many days what ended was counted.
    pub period_days: u32,
    /// The figures, in the order of reading.
    pub kpis: Vec<Kpi>,
    /// Waivers by approver.
    pub approvers: Vec<ApproverLoad>,
    /// What the last run could not read.
    pub gaps: Vec<GapRow>,
}

impl History {
    /// Computes the key figures.
    ///
    /// # Errors
    ///
    /// When no run is recorded, or the file is damaged.
    pub fn scorecard(&self, options: &ScorecardOptions) -> Result<Scorecard, HistoryError> {
        let card = self.all_figures(options);
        card.map_err(|problem| HistoryError::new(&self.file, problem))
    }

    fn all_figures(&self, options: &ScorecardOptions) -> Result<Scorecard, Problem> {
        let fleet = Fleet::read(self, options.period_days)?;
        let facts = facts::Facts::read(&fleet)?;
        let mut of_rules = rules::kpis(&fleet)?;
        let mut shares = |keys: &[&'static str]| keys.iter().filter_map(|key| of_rules.remove(key)).collect::<Vec<_>>();
        let attested = &options.attested;
        let (of_waivers, approvers) = waivers::kpis(&fleet)?;
        let parts = [
            drift::kpis(&fleet)?,
            shares(&["patch_compliance"]),
            facts.patch(),
            shares(&["engine_support"]),
            remediation::kpis(&fleet)?,
            shares(&["backup_coverage", "backup_plan_coverage"]),
            recovery::kpis(&fleet)?,
            facts.restore_tests(attested.drills.as_ref()),
            facts.access_reviews(attested.reviews.as_ref()),
            shares(&["encryption"]),
            facts.adoption(),
            of_waivers,
            coverage::kpis(&fleet)?,
        ];
        let mut kpis: Vec<Kpi> = parts.into_iter().flatten().collect();
        kpis.iter_mut().for_each(|kpi| kpi.aim(&fleet.targets));
        let run = self.last_run_row()?;
        Ok(Scorecard {
            as_of: instant(fleet.now()).into(),
            run: run.run,
            runs: fleet.runs.len(),
            databases: fleet.known_databases(),
            period_days: options.period_days,
            kpis,
            approvers,
            gaps: self.all_of(&run)?.gaps,
            baseline: run.baseline,
        })
    }
}
