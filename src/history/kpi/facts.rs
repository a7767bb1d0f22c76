//! Figures from facts: versions, maintenance, certificates, restore tests, access reviews, adoption.

use std::sync::Arc;

use super::drills::{Drills, Subject};
use super::fleet::{DAY, Database, Fleet};
use super::past::{Intervals, State};
use super::rules::{both, change, running};
use super::spread::{Told, percentile};
use super::value::{Count, Grouped, Kpi, Tally, share};
use crate::history::error::Problem;
use crate::history::of_results::BEHIND_SINCE;
use crate::history::record::{APPROVED, DECLARED};
use crate::report::named::access::review::Reviews;

/// What ends within so many days ends soon.
const SOON: i64 = 90;

/// A restore test, or a review, that is older than so many days counts no more, where the baseline names no other number.
const STALE: i64 = 365;

/// The past of the facts that figures are made of.
pub(super) struct Facts<'f, 'h> {
    fleet: &'f Fleet<'h>,
    behind: Intervals,
    support: Intervals,
    certificate: Intervals,
    pending: Intervals,
    forced: Intervals,
    tested: Intervals,
    declared: Intervals,
    approved: Intervals,
}

impl<'f, 'h> Facts<'f, 'h> {
    pub(super) fn read(fleet: &'f Fleet<'h>) -> Result<Self, Problem> {
        let of = |fact| Intervals::read(fleet.history, fact);
        Ok(Self {
            fleet,
            behind: of(BEHIND_SINCE)?,
            support: of("engine_support_end")?,
            certificate: of("certificate_valid_till")?,
            pending: of("pending_maintenance")?,
            forced: of("maintenance_forced_at")?,
            tested: of("last_restore_test")?,
            declared: of(DECLARED)?,
            approved: of(APPROVED)?,
        })
    }

    /// How far behind, what waits, and what ends.
    pub(super) fn patch(&self) -> Vec<Kpi> {
        vec![
            self.days_behind(50, "days_behind_median", "Days behind the newest minor version: median"),
            self.days_behind(95, "days_behind_p95", "Days behind the newest minor version: 95th percentile"),
            self.share(
                &self.pending,
                Kpi::new("pending_maintenance", "Have maintenance waiting", "%").lower(),
                "no database of the last run tells of its pending maintenance",
                |waits| !waits.is_empty(),
            ),
            self.soon(
                &self.forced,
                Kpi::new("forced_maintenance", "Maintenance that is forced within 90 days", "").lower(),
                "no database of the last run tells of its pending maintenance",
            ),
            self.soon(
                &self.support,
                Kpi::new("support_ends", "Engine support that ends within 90 days, or is over", "").lower(),
                "no end of engine support is known of a database of the last run",
            ),
            self.soon(
                &self.certificate,
                Kpi::new("certificates_expire", "Server certificates that end within 90 days", "").lower(),
                "no server certificate of a database of the last run is known",
            ),
        ]
    }

    fn days_behind(&self, percent: usize, key: &'static str, title: &'static str) -> Kpi {
        let mut days: Grouped<Vec<i64>> = Grouped::default();
        for (id, database) in self.fleet.databases() {
            let Some(State::Known(since)) = self.behind.now(id) else { continue };
            let behind = behind(since, self.fleet.now());
            days.add(database, |days| days.push(behind));
        }
        let kpi = Kpi::new(key, title, "days").lower();
        let why = "of no database of the last run it is known since when a newer minor version is there";
        let kpi = kpi.of_numbers(&days, (Told::Percentile(percent), 1), why);
        kpi.trend(self.fleet.trend(self.behind_by_run(percent)))
            .note("Days since the newest minor version came out, of a database that runs an older one; 0 of one that runs it.")
    }

    /// The same of each run.
    fn behind_by_run(&self, percent: usize) -> Vec<Option<f64>> {
        let mut by_run: Vec<Vec<i64>> = vec![Vec::new(); self.fleet.runs.len()];
        for (id, database) in self.fleet.databases_ever() {
            for (times, state) in self.behind.states(id, self.fleet) {
                let State::Known(since) = state else { continue };
                for (first, last) in database.seen.iter().filter_map(|seen| both(*seen, times)) {
                    let runs = self.fleet.runs.iter().zip(&mut by_run).skip(first).take(last + 1 - first);
                    runs.for_each(|((_, at), days)| days.push(behind(since, *at)));
                }
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "they are days")]
        by_run.iter_mut().map(|days| percentile(days, percent).map(|days| days as f64)).collect()
    }

    /// The share of databases of which a fact says something, now and run by run.
    fn share(&self, of: &Intervals, kpi: Kpi, why: &str, is_in: impl Fn(&str) -> bool) -> Kpi {
        let mut now: Grouped<Tally> = Grouped::default();
        for (id, database) in self.fleet.databases() {
            match of.now(id) {
                Some(State::Known(value)) => now.add(database, |tally| tally.add(Some(is_in(value)))),
                Some(State::Unknown) => now.add(database, |tally| tally.add(None)),
                Some(State::Missing) | None => {}
            }
        }
        let (mut part, mut whole) = (vec![0; self.fleet.runs.len() + 1], vec![0; self.fleet.runs.len() + 1]);
        for (id, database) in self.fleet.databases_ever() {
            for (times, state) in of.states(id, self.fleet) {
                let State::Known(value) = state else { continue };
                for times in database.seen.iter().filter_map(|seen| both(*seen, times)) {
                    change(&mut whole, times);
                    if is_in(value) {
                        change(&mut part, times);
                    }
                }
            }
        }
        let trend = running(&part).zip(running(&whole)).map(|(part, whole)| share(part, whole));
        kpi.of(&now, why).trend(self.fleet.trend(trend))
    }

    /// How many databases have something that ends soon. A property that a database has not got does not end.
    fn soon(&self, of: &Intervals, kpi: Kpi, why: &str) -> Kpi {
        let mut now: Grouped<Count> = Grouped::default();
        let mut next: Option<i64> = None;
        for (id, resource) in self.fleet.declarable() {
            let is_soon = match of.now(id) {
                Some(State::Known(end)) => {
                    let Some(end) = second(end) else { continue };
                    next = Some(next.map_or(end, |next| next.min(end)));
                    end - self.fleet.now() < SOON * DAY
                }
                Some(State::Missing) => false,
                Some(State::Unknown) | None => continue,
            };
            now.add(resource, |count| {
                count.of += 1;
                count.count += usize::from(is_soon);
            });
        }
        let kpi = kpi.of(&now, why);
        match next {
            Some(next) => kpi.note(format!("The next one: {}.", day(next))),
            None => kpi,
        }
    }

    /// How many databases were restored for a test, and how long ago.
    pub(super) fn restore_tests(&self, drills: Option<&Drills>) -> Vec<Kpi> {
        let max_age = self.fleet.targets.get("restore_test_age_days").copied().unwrap_or(STALE);
        let (mut covered, mut ages) = (Grouped::<Tally>::default(), Grouped::<Vec<i64>>::default());
        for (id, database) in self.fleet.databases() {
            let attested = drills.and_then(|drills| drills.last_restore(&subject(database), self.fleet.now()));
            let (measured, is_told) = match self.tested.now(id) {
                Some(State::Known(at)) => (second(at), true),
                Some(State::Missing) => (None, true),
                Some(State::Unknown) | None => (None, false),
            };
            let is_told = is_told || drills.is_some();
            let last = measured.max(attested);
            let age = last.map(|last| (self.fleet.now() - last).max(0) / DAY);
            covered.add(database, |tally| tally.add(is_told.then(|| age.is_some_and(|age| age <= max_age))));
            age.iter().for_each(|age| ages.add(database, |ages| ages.push(*age)));
        }
        let why = "no run read the restore jobs of AWS Backup, and no drill record was given (`--drills FILE`)";
        let coverage = Kpi::new("restore_test_coverage", "Restored for a test", "%").of(&covered, why);
        let coverage = coverage.note(format!(
            "Databases that were restored by AWS Backup, or in an attested drill that succeeded, within {max_age} days."
        ));
        let age = Kpi::new("restore_test_age", "Age of the last restore test: median", "days").lower();
        let mut age = age.of_numbers(&ages, (Told::Percentile(50), 1), "no restore test of a database is on record");
        age.target = self.fleet.targets.get("restore_test_age_days").copied();
        let measured = drills.map(Drills::recovery_times).unwrap_or_default();
        let mut worst = Grouped::<Vec<i64>>::default();
        measured.iter().for_each(|seconds| worst.all.push(*seconds));
        let rto = Kpi::new("rto_worst", "Measured recovery time of drills: worst", "min").lower();
        let rto = rto.of_numbers(&worst, (Told::Percentile(100), 60), "no drill on record measured a recovery time");
        vec![coverage, age, rto]
    }

    /// How many databases had their access reviewed.
    pub(super) fn access_reviews(&self, reviews: Option<&Reviews>) -> Vec<Kpi> {
        let max_age = self.fleet.targets.get("access_review_age_days").copied().unwrap_or(STALE);
        let mut reviewed: Grouped<Tally> = Grouped::default();
        let today = day(self.fleet.now());
        for (_, database) in self.fleet.databases() {
            let Some((reviews, today)) = reviews.zip(today.parse().ok()) else { break };
            let last = reviews.last_of(&database.key, database.name.as_deref(), database.account(), today);
            let last = last.and_then(|review| second(&review.reviewed.to_string()));
            let is_recent = last.is_some_and(|last| self.fleet.now() - last <= max_age * DAY);
            reviewed.add(database, |tally| tally.add(Some(is_recent)));
        }
        let why = "no record of access reviews was given (`--reviews FILE`)";
        let kpi = Kpi::new("access_review", "Access was reviewed", "%").of(&reviewed, why);
        vec![kpi.note(format!(
            "Databases whose access somebody attests to have reviewed within {max_age} days; a review that chooses by tags \
             cannot be told here, since the history keeps no tags."
        ))]
    }

    /// How much is declared, and comes from approved modules.
    pub(super) fn adoption(&self) -> Vec<Kpi> {
        let declared = Kpi::new("declared", "Declared by Terraform", "%");
        let why = "nothing that is declared was compared in the last run (`declared` in the fleet file)";
        let declared = self.share(&self.declared, declared, why, |declared| declared == "yes");
        let approved = Kpi::new("self_service", "Declared ones from an approved module", "%");
        let why = "the baseline names no approved module (`drift.approved_modules`), or no source of modules was read";
        let approved = self.share(&self.approved, approved, why, |approved| approved == "yes");
        vec![declared, approved]
    }
}

/// What a drill may name.
fn subject(database: &Database) -> Subject<'_> {
    Subject { key: &database.key, name: database.name.as_deref(), account: database.account() }
}

/// How many days a newer minor version has been there; of one that is not behind, none.
fn behind(since: &Arc<str>, now: i64) -> i64 {
    if since.is_empty() { 0 } else { second(since).map_or(0, |since| (now - since).max(0) / DAY) }
}

/// An instant, or the first second of a day in UTC, in seconds of Unix time.
pub(super) fn second(text: &str) -> Option<i64> {
    if let Ok(at) = text.parse::<jiff::Timestamp>() {
        return Some(at.as_second());
    }
    let day: jiff::civil::Date = text.parse().ok()?;
    Some(day.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second())
}

fn day(seconds: i64) -> String {
    crate::history::read::instant(seconds).chars().take(10).collect()
}
