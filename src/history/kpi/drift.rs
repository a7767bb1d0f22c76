//! How much of the fleet drifts, and how long it takes until it is reconciled.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::fleet::{DAY, Fleet, Times};
use super::past::Intervals;
use super::rules::{both, change, running};
use super::spread::Told;
use super::value::{By, Grouped, Kpi, Tally, share};
use crate::history::error::Problem;
use crate::history::record::DECLARED;
use crate::model::DriftClass;

/// The rate of drift, and the time until it is reconciled.
pub(super) fn kpis(fleet: &Fleet<'_>) -> Result<Vec<Kpi>, Problem> {
    let drifts = Drifts::read(fleet)?;
    Ok(vec![drifts.rate(fleet)?, drifts.reconciled()])
}

/// What the rows of drift tell.
#[derive(Default)]
struct Drifts {
    /// When what runs drifted, by its number.
    drifted: FxHashMap<i64, Vec<Times>>,
    /// The seconds from opened to closed, of what was reconciled in the period.
    took: Grouped<Vec<i64>>,
    /// Drifts of now that no running resource has: what is declared and missing.
    missing: usize,
}

impl Drifts {
    fn read(fleet: &Fleet<'_>) -> Result<Self, Problem> {
        let mut drifts = Self::default();
        let sql = "SELECT running, class, first_run, last_run, closed_run, opened, account,
            (SELECT text FROM texts WHERE id = tier) FROM drifts";
        let mut statement = fleet.history.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let class: String = row.get(1)?;
            let is_drift = class.parse().is_ok_and(DriftClass::can_fail);
            let (running, last_run, closed): (Option<i64>, Option<i64>, Option<i64>) =
                (row.get(0)?, row.get(3)?, row.get(4)?);
            if !is_drift {
                continue;
            }
            match running {
                Some(running) => {
                    let times = fleet.times(row.get(2)?, last_run);
                    drifts.drifted.entry(running).or_default().extend(times);
                }
                None => drifts.missing += usize::from(last_run.is_none()),
            }
            let opened = fleet.at(row.get(5)?).unwrap_or_default();
            let Some(at) = closed.and_then(|run| fleet.at(run)).filter(|at| *at > fleet.since) else { continue };
            let (account, tier): (Option<Arc<str>>, Option<Arc<str>>) = (row.get(6)?, row.get(7)?);
            let of_running = running.and_then(|running| fleet.resources.get(&running)).map(|running| running.groups());
            let of_row = || {
                let tier = tier.map(|tier| (By::Tier, tier));
                tier.into_iter().chain(account.map(|account| (By::Account, account))).collect()
            };
            let groups = of_running.unwrap_or_else(of_row);
            drifts.took.add_as(&groups, |took| took.push((at - opened).max(0)));
        }
        Ok(drifts)
    }

    /// The share of what was compared that drifts.
    fn rate(&self, fleet: &Fleet<'_>) -> Result<Kpi, Problem> {
        let compared = Intervals::read(fleet.history, DECLARED)?;
        let latest = fleet.latest();
        let mut now: Grouped<Tally> = Grouped::default();
        let (mut part, mut whole) = (vec![0; fleet.runs.len() + 1], vec![0; fleet.runs.len() + 1]);
        for (id, resource) in fleet.declarable_ever() {
            let drifted = self.drifted.get(&id).map_or(&[][..], Vec::as_slice);
            let mut drifts_now = false;
            let mut seen_drifting: FxHashSet<usize> = FxHashSet::default();
            for times in drifted {
                drifts_now |= (times.0..=times.1).contains(&latest);
                // Several facts of one resource may drift at once; it counts once.
                for run in times.0..=times.1 {
                    if seen_drifting.insert(run) && resource.is_seen(run) && compared.is_known(id, fleet, run) {
                        change(&mut part, (run, run));
                    }
                }
            }
            for (times, is_known) in compared.times(id, fleet) {
                for times in resource.seen.iter().filter_map(|seen| both(*seen, times)).filter(|_| is_known) {
                    change(&mut whole, times);
                }
            }
            if resource.is_seen(latest) {
                let is_compared = compared.is_known(id, fleet, latest);
                now.add(resource, |tally| tally.add(is_compared.then_some(drifts_now)));
            }
        }
        let why = "nothing that is declared was compared in the last run";
        let trend = running(&part).zip(running(&whole)).map(|(part, whole)| share(part, whole));
        let kpi = Kpi::new("drift_rate", "Drifts from what is declared", "%").lower().of(&now, why);
        let note = match self.missing {
            0 => "Of the instances, clusters and members that were compared, those that differ in a way that the gate may fail on."
                .to_owned(),
            missing => format!(
                "Of the instances, clusters and members that were compared, those that differ in a way that the gate may fail on; \
                 besides, {missing} declared and not there."
            ),
        };
        Ok(kpi.trend(fleet.trend(trend)).note(note))
    }

    /// How long drift lasted that is no more.
    fn reconciled(&self) -> Kpi {
        let kpi = Kpi::new("drift_reconcile_days", "Mean days until drift is reconciled", "days").lower();
        let kpi = kpi.of_numbers(&self.took, (Told::Mean, DAY), "no drift was reconciled in the period");
        kpi.note("Of drift that ended in the period; what went away with its resource is reconciled too.")
    }
}
