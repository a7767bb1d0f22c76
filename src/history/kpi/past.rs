//! The past of one fact, of every resource.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::fleet::Fleet;
use crate::history::error::Problem;
use crate::history::open::History;

/// What was known of a fact from one run to another.
pub(super) struct Interval {
    first_run: i64,
    last_run: Option<i64>,
    pub(super) state: State,
}

/// What was known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum State {
    Known(Arc<str>),
    Unknown,
    Missing,
}

/// The past of a fact.
pub(super) struct Intervals(FxHashMap<i64, Vec<Interval>>);

impl Intervals {
    pub(super) fn read(history: &History, fact: &str) -> Result<Self, Problem> {
        let sql = "SELECT resource, first_run, last_run, state, (SELECT text FROM texts WHERE id = value) FROM facts
            WHERE fact = (SELECT id FROM texts WHERE text = ?1)";
        let mut statement = history.connection.prepare(sql)?;
        let mut rows = statement.query([fact])?;
        let mut known: FxHashMap<Arc<str>, Arc<str>> = FxHashMap::default();
        let mut intervals: FxHashMap<i64, Vec<Interval>> = FxHashMap::default();
        while let Some(row) = rows.next()? {
            let (code, value): (i64, Option<Arc<str>>) = (row.get(3)?, row.get(4)?);
            let state = match (code, value) {
                (0, Some(value)) => State::Known(Arc::clone(known.entry(Arc::clone(&value)).or_insert(value))),
                (1, _) => State::Unknown,
                _ => State::Missing,
            };
            let interval = Interval { first_run: row.get(1)?, last_run: row.get(2)?, state };
            intervals.entry(row.get(0)?).or_default().push(interval);
        }
        Ok(Self(intervals))
    }

    /// What is known of it now; `None` where it was never told.
    pub(super) fn now(&self, resource: i64) -> Option<&State> {
        self.of(resource).iter().find(|interval| interval.last_run.is_none()).map(|interval| &interval.state)
    }

    /// When it was known, and when not: positions of runs.
    pub(super) fn times<'a>(
        &'a self,
        resource: i64,
        fleet: &'a Fleet<'_>,
    ) -> impl Iterator<Item = ((usize, usize), bool)> + 'a {
        self.states(resource, fleet).map(|(times, state)| (times, matches!(state, State::Known(_))))
    }

    /// What was known of it, from run to run.
    pub(super) fn states<'a>(
        &'a self,
        resource: i64,
        fleet: &'a Fleet<'_>,
    ) -> impl Iterator<Item = ((usize, usize), &'a State)> + 'a {
        let times =
            |interval: &'a Interval| Some((fleet.times(interval.first_run, interval.last_run)?, &interval.state));
        self.of(resource).iter().filter_map(times)
    }

    /// Whether it was known in a run.
    pub(super) fn is_known(&self, resource: i64, fleet: &Fleet<'_>, run: usize) -> bool {
        self.times(resource, fleet).any(|((first, last), is_known)| is_known && (first..=last).contains(&run))
    }

    fn of(&self, resource: i64) -> &[Interval] {
        self.0.get(&resource).map_or(&[], Vec::as_slice)
    }
}
