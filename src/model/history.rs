//! What the history of a fleet tells of a run's findings.

use std::sync::Arc;

use serde::Serialize;

/// What the history tells of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryReport {
    /// The history file, as the user named it.
    pub file: Arc<str>,
    /// The number of the run in it.
    pub run: i64,
    /// The run before it, and what changed since; `None` of the first.
    pub since: Option<Since>,
    /// The ages of the findings that are open: index of the rule, index of the resource. INVARIANT: sorted by them.
    pub ages: Vec<((u32, u32), FindingAge)>,
    /// The findings that were open until this run, in the same way. INVARIANT: sorted.
    pub closed: Vec<(u32, u32)>,
}

/// What changed since an earlier run: how many findings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Since {
    /// The number of the earlier run.
    pub run: i64,
    /// Its instant; RFC 3339, UTC.
    pub as_of: Arc<str>,
    /// Open now, and not then.
    pub new: usize,
    /// Open then, and not now.
    pub fixed: usize,
    /// Open in both, and graver now, or not waived any more.
    pub worse: usize,
    /// Failed then, and waived now.
    pub waived: usize,
    /// Gone with their resources.
    pub gone: usize,
    /// Open then, or since, and nobody can tell now.
    pub not_evaluated: usize,
}

/// How old a finding is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct FindingAge {
    /// When it was found for the first time, ever; RFC 3339, UTC.
    pub first_seen: Arc<str>,
    /// Since when it has been open: later than `first_seen` when it came back.
    pub opened: Arc<str>,
    /// When it was seen last: now, unless this run could not tell.
    pub last_seen: Arc<str>,
    /// Whole days since it was opened.
    pub age_days: i64,
    /// How often it came back after it was fixed or gone.
    pub reopened: i64,
}

impl FindingAge {
    /// Its age in a few words: `open since 2026-11-01 (21 days), came back twice`.
    pub fn text(&self) -> String {
        let day = |instant: &str| instant.get(..10).unwrap_or(instant).to_owned();
        let days = match self.age_days {
            0 => "today".to_owned(),
            1 => "1 day".to_owned(),
            days => format!("{days} days"),
        };
        let back = match self.reopened {
            0 => String::new(),
            1 => format!(", came back; first seen {}", day(&self.first_seen)),
            times => format!(", came back {times} times; first seen {}", day(&self.first_seen)),
        };
        format!("open since {} ({days}){back}", day(&self.opened))
    }
}

impl HistoryReport {
    /// The age of the finding of a rule on a resource, by their indices.
    pub fn age(&self, rule: usize, resource: u32) -> Option<&FindingAge> {
        let key = (u32::try_from(rule).ok()?, resource);
        let position = self.ages.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        self.ages.get(position).map(|(_, age)| age)
    }

    /// Whether the finding of a rule on a resource, by their indices, was open until this run.
    pub fn was_closed(&self, rule: usize, resource: u32) -> bool {
        u32::try_from(rule).is_ok_and(|rule| self.closed.binary_search(&(rule, resource)).is_ok())
    }
}
