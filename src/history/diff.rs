//! What changed from one run to another: found, fixed, worse, waived, gone, and what nobody can tell now.

mod drift;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::codes::Code;
use super::error::{HistoryError, Problem};
use super::open::History;
use super::read::{RunRow, instant};
use super::record::is_silent;
use crate::model::{DriftClass, Severity, Verdict, word_enum};

word_enum! {
    /// What became of a finding from one run to another.
    ChangeKind, "change" {
        /// Open, and it was not.
        New = "new",
        /// It was open, and the rule passes, or does not apply any more.
        Fixed = "fixed",
        /// Open in both, and it matters more, or its waiver ended.
        Worse = "worse",
        /// It failed, and somebody accepted that.
        Waived = "waived",
        /// It was open, and the resource is not there.
        Gone = "gone",
        /// It was open, and nobody can tell now: its place could not be read, a fact is not known, or the rule is not used.
        NotEvaluated = "not_evaluated",
    }
}

/// What changed from one run to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RunDiff {
    /// The run that is compared with.
    pub from: RunRow,
    /// The run that is compared.
    pub to: RunRow,
    /// The findings of rules. INVARIANT: by kind of change, then the gravest first, then by rule and resource.
    pub findings: Vec<ChangedFinding>,
    /// What drifted. INVARIANT: in the same order.
    pub drift: Vec<ChangedDrift>,
    /// How many findings are open in both, and neither worse nor waived since.
    pub unchanged: usize,
}

/// A finding that changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ChangedFinding {
    /// What became of it.
    pub change: ChangeKind,
    /// How much it matters; of one that is no more, how much it mattered.
    pub severity: Reverse<Severity>,
    /// The rule's id.
    pub rule: Arc<str>,
    /// The good state, in a few words.
    pub title: Arc<str>,
    /// The resource.
    pub resource: Arc<str>,
    /// Its account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<Arc<str>>,
    /// Its region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<Arc<str>>,
    /// Since when it is open, or was; RFC 3339.
    pub opened: String,
    /// How often it came back.
    pub reopened: i64,
    /// What the rule said when it began to say so, or why nobody can tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Arc<str>>,
}

/// A drift that is new, or no more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ChangedDrift {
    /// What became of it.
    pub change: ChangeKind,
    /// The severity of the gravest rule that it makes fail.
    pub severity: Reverse<Option<Severity>>,
    /// What the difference is.
    pub class: DriftClass,
    /// The resource.
    pub resource: Arc<str>,
    /// What of it drifted.
    pub subject: Arc<str>,
    /// Since when; RFC 3339.
    pub opened: String,
}

impl RunDiff {
    /// How many findings changed in each way; every way, zero or not.
    pub fn counts(&self) -> BTreeMap<ChangeKind, usize> {
        count(self.findings.iter().map(|changed| changed.change))
    }
}

fn count(changes: impl Iterator<Item = ChangeKind>) -> BTreeMap<ChangeKind, usize> {
    let mut counts: BTreeMap<ChangeKind, usize> = ChangeKind::ALL.iter().map(|kind| (*kind, 0)).collect();
    changes.for_each(|kind| *counts.entry(kind).or_default() += 1);
    counts
}

impl History {
    /// What changed from one run to another, in either order.
    ///
    /// # Errors
    ///
    /// When one of them was pruned, or the file is damaged.
    pub fn diff(&self, from: &RunRow, to: &RunRow) -> Result<RunDiff, HistoryError> {
        let pruned = [from, to].into_iter().find(|run| run.pruned);
        if let Some(run) = pruned {
            return Err(HistoryError::new(&self.file, Problem::Pruned(run.run)));
        }
        self.diff_of(from, to).map_err(|error| HistoryError::new(&self.file, error))
    }

    fn diff_of(&self, from: &RunRow, to: &RunRow) -> Result<RunDiff, Problem> {
        let (was, is) = (self.open_at(from.run)?, self.open_at(to.run)?);
        let mut there =
            There { history: self, run: to.run, presence: FxHashMap::default(), rules: self.rules_at(to.run)? };
        let names = Names::read(self)?;
        let (mut findings, mut unchanged) = (Vec::new(), 0);
        for (key, finding) in &is {
            match there.change(key, was.get(key), finding)? {
                Some(change) => findings.extend(names.finding(self, change, key, finding)?),
                None => unchanged += 1,
            }
        }
        for (key, finding) in was.iter().filter(|(key, _)| !is.contains_key(key)) {
            let change = there.end(key)?;
            findings.extend(names.finding(self, change, key, finding)?);
        }
        findings.sort();
        let drift = self.drift_diff(from.run, to.run)?;
        Ok(RunDiff { from: from.clone(), to: to.clone(), findings, drift, unchanged })
    }

    /// The findings that are open at a run, seen by it or not. INVARIANT: by resource, then rule.
    fn open_at(&self, run: i64) -> rusqlite::Result<BTreeMap<Key, Open>> {
        let sql = "SELECT resource, rule, verdict, severity, message, opened, coalesce(reopened, 0) FROM verdicts
            WHERE opened IS NOT NULL AND first_run <= ?1 AND (last_run IS NULL OR last_run >= ?1)";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([run])?;
        let mut open = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let Code(verdict) = row.get(2)?;
            let severity: Option<Code<Severity>> = row.get(3)?;
            let severity = severity.map_or(Severity::Info, |Code(severity)| severity);
            let found = Open { verdict, severity, message: row.get(4)?, opened: row.get(5)?, reopened: row.get(6)? };
            open.insert((row.get(0)?, row.get(1)?), found);
        }
        Ok(open)
    }

    fn rules_at(&self, run: i64) -> rusqlite::Result<BTreeSet<i64>> {
        let sql = "SELECT rule FROM rule_uses WHERE first_run <= ?1 AND (last_run IS NULL OR last_run >= ?1)";
        self.connection.prepare(sql)?.query_map([run], |row| row.get(0))?.collect()
    }
}

/// A resource and a rule, by number.
type Key = (i64, i64);

/// A finding that is open.
struct Open {
    verdict: Verdict,
    severity: Severity,
    message: Option<i64>,
    opened: i64,
    reopened: i64,
}

/// Whether a run saw a resource.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    Seen,
    Unread,
    Gone,
}

/// What the later side of a comparison tells.
struct There<'h> {
    history: &'h History,
    run: i64,
    presence: FxHashMap<i64, Presence>,
    rules: BTreeSet<i64>,
}

impl There<'_> {
    /// What became of a finding that is open there; `None` when nothing did.
    fn change(
        &mut self,
        (resource, rule): &Key,
        was: Option<&Open>,
        is: &Open,
    ) -> rusqlite::Result<Option<ChangeKind>> {
        let is_seen = self.presence(*resource)? == Presence::Seen;
        if !is_seen || !self.rules.contains(rule) || is_silent(is.verdict) {
            return Ok(Some(ChangeKind::NotEvaluated));
        }
        Ok(match was {
            None => Some(ChangeKind::New),
            Some(was) if was.verdict == Verdict::Fail && is.verdict == Verdict::Waived => Some(ChangeKind::Waived),
            Some(was) if was.verdict == Verdict::Waived && is.verdict == Verdict::Fail => Some(ChangeKind::Worse),
            Some(was) if is.severity > was.severity => Some(ChangeKind::Worse),
            Some(_) => None,
        })
    }

    /// What became of a finding that is not open there.
    fn end(&mut self, (resource, rule): &Key) -> rusqlite::Result<ChangeKind> {
        if self.presence(*resource)? == Presence::Gone {
            return Ok(ChangeKind::Gone);
        }
        let sql = "SELECT 1 FROM verdicts WHERE resource = ?1 AND rule = ?2 AND first_run <= ?3
            AND (last_run IS NULL OR last_run >= ?3)";
        let mut statement = self.history.connection.prepare_cached(sql)?;
        let is_judged = statement.exists([*resource, *rule, self.run])?;
        // A rule that says nothing of a resource that it spoke of does not concern it any more.
        let is_fixed = is_judged || self.rules.contains(rule);
        Ok(if is_fixed { ChangeKind::Fixed } else { ChangeKind::NotEvaluated })
    }

    fn presence(&mut self, resource: i64) -> rusqlite::Result<Presence> {
        if let Some(known) = self.presence.get(&resource) {
            return Ok(*known);
        }
        let sql = "SELECT last_run, gone_run FROM seen WHERE resource = ?1 AND first_run <= ?2
            ORDER BY first_run DESC LIMIT 1";
        let mut statement = self.history.connection.prepare_cached(sql)?;
        let mut rows = statement.query([resource, self.run])?;
        let presence = match rows.next()? {
            None => Presence::Gone,
            Some(row) => {
                let (last_run, gone_run): (Option<i64>, Option<i64>) = (row.get(0)?, row.get(1)?);
                let is_over = |run: Option<i64>, by: i64| run.is_some_and(|run| run <= by);
                match (is_over(last_run, self.run - 1), is_over(gone_run, self.run)) {
                    (false, _) => Presence::Seen,
                    (true, true) => Presence::Gone,
                    (true, false) => Presence::Unread,
                }
            }
        };
        self.presence.insert(resource, presence);
        Ok(presence)
    }
}

/// What numbers stand for, of what is few.
struct Names {
    rules: FxHashMap<i64, (Arc<str>, Arc<str>)>,
    runs: FxHashMap<i64, String>,
}

impl Names {
    fn read(history: &History) -> rusqlite::Result<Self> {
        let rule = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, (row.get(1)?, row.get(2)?)));
        let run = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, instant(row.get(1)?)));
        let connection = &history.connection;
        Ok(Self {
            rules: connection
                .prepare("SELECT id, rule, title FROM rules")?
                .query_map([], rule)?
                .collect::<Result<_, _>>()?,
            runs: connection.prepare("SELECT id, at FROM runs")?.query_map([], run)?.collect::<Result<_, _>>()?,
        })
    }

    fn finding(
        &self,
        history: &History,
        change: ChangeKind,
        (resource, rule): &Key,
        finding: &Open,
    ) -> rusqlite::Result<Option<ChangedFinding>> {
        let Some((rule, title)) = self.rules.get(rule) else { return Ok(None) };
        let sql =
            "SELECT key, account, region, (SELECT text FROM texts WHERE texts.id = ?2) FROM resources WHERE id = ?1";
        let mut statement = history.connection.prepare_cached(sql)?;
        let named = statement.query_row((resource, finding.message), |row| {
            Ok(ChangedFinding {
                change,
                severity: Reverse(finding.severity),
                rule: Arc::clone(rule),
                title: Arc::clone(title),
                resource: row.get(0)?,
                account: row.get(1)?,
                region: row.get(2)?,
                opened: self.runs.get(&finding.opened).cloned().unwrap_or_default(),
                reopened: finding.reopened,
                message: row.get(3)?,
            })
        })?;
        Ok(Some(named))
    }
}
