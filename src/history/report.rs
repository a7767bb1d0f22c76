//! What the history tells the reports of a run that was just recorded.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::diff::ChangeKind;
use super::error::HistoryError;
use super::open::History;
use super::read::instant;
use super::record::{FindingLife, Recorded};
use crate::model::{FindingAge, HistoryReport, Since};

/// Seconds of a day.
const DAY: i64 = 86_400;

impl History {
    /// What the history tells of a run that it recorded.
    ///
    /// # Errors
    ///
    /// When the file is damaged.
    pub fn report(&self, recorded: &Recorded) -> Result<HistoryReport, HistoryError> {
        let wrong = |error| HistoryError::new(&self.file, error);
        let times = Times::read(self).map_err(wrong)?;
        let age = |(resource, rule, life): &(u32, u32, FindingLife)| {
            Some(((*rule, *resource), times.age(recorded.run, *life)?))
        };
        let mut ages: Vec<((u32, u32), FindingAge)> = recorded.open.iter().filter_map(age).collect();
        ages.sort_unstable_by_key(|(key, _)| *key);
        let mut closed: Vec<(u32, u32)> = recorded.closed.iter().map(|(resource, rule)| (*rule, *resource)).collect();
        closed.sort_unstable();
        let since = recorded.previous.map(|previous| self.since(previous, recorded.run)).transpose()?;
        Ok(HistoryReport { file: Arc::clone(&self.file), run: recorded.run, since, ages, closed })
    }

    fn since(&self, previous: i64, run: i64) -> Result<Since, HistoryError> {
        let diff = self.diff(&self.run(&previous.to_string())?, &self.run(&run.to_string())?)?;
        let counts = diff.counts();
        let count = |kind| counts.get(&kind).copied().unwrap_or_default();
        Ok(Since {
            run: previous,
            as_of: diff.from.as_of.into(),
            new: count(ChangeKind::New),
            fixed: count(ChangeKind::Fixed),
            worse: count(ChangeKind::Worse),
            waived: count(ChangeKind::Waived),
            gone: count(ChangeKind::Gone),
            not_evaluated: count(ChangeKind::NotEvaluated),
        })
    }
}

/// The instants of runs: few, so that findings share their texts.
struct Times(FxHashMap<i64, (i64, Arc<str>)>);

impl Times {
    fn read(history: &History) -> rusqlite::Result<Self> {
        let mut statement = history.connection.prepare("SELECT id, at FROM runs")?;
        let rows = statement.query_map([], |row| {
            let at: i64 = row.get(1)?;
            Ok((row.get(0)?, (at, Arc::from(instant(at)))))
        })?;
        rows.collect::<rusqlite::Result<_>>().map(Self)
    }

    fn age(&self, run: i64, life: FindingLife) -> Option<FindingAge> {
        let at = |run: i64| self.0.get(&run);
        let ((now, _), (since, opened)) = (at(run)?, at(life.opened?)?);
        Some(FindingAge {
            first_seen: Arc::clone(&at(life.found?)?.1),
            opened: Arc::clone(opened),
            last_seen: Arc::clone(&at(life.failed.unwrap_or(run))?.1),
            // An audit of an earlier instant may be recorded later.
            age_days: (now - since).max(0) / DAY,
            reopened: life.reopened,
        })
    }
}
