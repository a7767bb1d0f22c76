//! How much would be lost now: the measured recovery point, against the target of the tier.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::fleet::{Database, Fleet};
use super::spread::{Told, percentile};
use super::value::{Grouped, Kpi, Tally};
use crate::history::error::Problem;
use crate::history::of_results::{RECOVERY_LAG, RECOVERY_TARGET};

/// Seconds of a minute.
const MINUTE: i64 = 60;

const WHY: &str = "no database of the last run tells a latest restorable time";

/// What is told of a run's lags: key, title, and which of them.
const TOLD: [(&str, &str, usize); 3] = [
    ("rpo_median", "Measured recovery point: median", 50),
    ("rpo_p95", "Measured recovery point: 95th percentile", 95),
    ("rpo_worst", "Measured recovery point: worst", 100),
];

/// The measured recovery points of the last run, with those of the runs before it as trends.
pub(super) fn kpis(fleet: &Fleet<'_>) -> Result<Vec<Kpi>, Problem> {
    let aims = Aims::of(fleet);
    let mut trends: [Vec<Option<f64>>; 4] = std::array::from_fn(|_| vec![None; fleet.runs.len()]);
    let mut lags: Grouped<Vec<i64>> = Grouped::default();
    let mut in_time: Grouped<Tally> = Grouped::default();
    let sql =
        "SELECT run, resource, value FROM samples WHERE sample = (SELECT id FROM texts WHERE text = ?1) ORDER BY run";
    let mut statement = fleet.history.connection.prepare(sql)?;
    let mut rows = statement.query([RECOVERY_LAG])?;
    let mut run = Run::default();
    while let Some(row) = rows.next()? {
        let (number, resource, lag): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let position = fleet.position(number);
        if position != run.position {
            run.settle(&mut trends);
            run = Run { position, ..Run::default() };
        }
        let Some(database) = fleet.resources.get(&resource).filter(|database| database.is_database) else { continue };
        let aim = aims.of_database(database, position);
        run.lags.push(lag);
        aim.iter().for_each(|aim| run.in_time.add(Some(lag <= *aim)));
        if position == fleet.latest() {
            lags.add(database, |lags| lags.push(lag));
            aim.iter().for_each(|aim| in_time.add(database, |tally| tally.add(Some(lag <= *aim))));
        }
    }
    run.settle(&mut trends);
    let [of_median, of_p95, of_worst, of_share] = trends;
    let no_aim = if aims.by_tier.is_empty() { "the baseline names no target for the recovery point" } else { WHY };
    let share = Kpi::new("rpo_in_time", "Recovery point within the target of the tier", "%").of(&in_time, no_aim);
    let numbers = TOLD.into_iter().zip([of_median, of_p95, of_worst]).map(|((key, title, percent), trend)| {
        let kpi = Kpi::new(key, title, "min").lower().of_numbers(&lags, (Told::Percentile(percent), MINUTE), WHY);
        kpi.trend(fleet.trend(trend))
            .note("From the latest restorable time to when it was looked at, sampled in each run.")
    });
    let share = share.trend(fleet.trend(of_share)).note(
        "Databases that could be restored to a moment no older than their tier asks (`max_recovery_point_age_hours`); those \
         that cannot be restored to a moment count in the backup coverage.",
    );
    Ok(numbers.chain([share]).collect())
}

/// The lags of one run.
#[derive(Default)]
struct Run {
    position: usize,
    lags: Vec<i64>,
    in_time: Tally,
}

impl Run {
    fn settle(&mut self, trends: &mut [Vec<Option<f64>>; 4]) {
        let shares = super::value::share(self.in_time.part, self.in_time.whole);
        let of = TOLD.map(|(_, _, percent)| {
            #[expect(clippy::cast_precision_loss, reason = "they are seconds")]
            percentile(&mut self.lags, percent).map(|lag| lag as f64 / MINUTE as f64)
        });
        for (trend, value) in trends.iter_mut().zip(of.into_iter().chain([shares])) {
            if let Some(slot) = trend.get_mut(self.position) {
                *slot = value;
            }
        }
    }
}

/// The targets of tiers, in seconds.
struct Aims<'f> {
    by_tier: FxHashMap<&'f Arc<str>, i64>,
}

impl<'f> Aims<'f> {
    fn of(fleet: &'f Fleet<'_>) -> Self {
        let targets = fleet.tier_targets.iter().filter(|((_, name), _)| name.as_ref() == RECOVERY_TARGET);
        Self { by_tier: targets.map(|((tier, _), seconds)| (tier, *seconds)).collect() }
    }

    fn of_database(&self, database: &Database, run: usize) -> Option<i64> {
        self.by_tier.get(database.tier(run)?).copied()
    }
}
