//! Reading runs.

use serde::Serialize;

use super::error::{HistoryError, Problem};
use super::open::History;
use crate::model::VerdictCounts;

/// A run, as the history has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RunRow {
    /// Its number.
    pub run: i64,
    /// The instant that the rules took for now; RFC 3339, UTC.
    pub as_of: String,
    /// dbkeel's version.
    pub version: String,
    /// The baseline's name.
    pub baseline: String,
    /// SHA-256 of the baseline file.
    pub baseline_sha256: String,
    /// SHA-256 over all rules that were used.
    pub policies_sha256: String,
    /// SHA-256 of what was read.
    pub source_sha256: String,
    /// The resources that were judged.
    pub resources: usize,
    /// Those of them that are instances or clusters.
    pub databases: usize,
    /// How many verdicts of each sort.
    pub counts: VerdictCounts,
    /// How many gaps.
    pub gaps: usize,
    /// How many drifts; `None` when nothing was compared.
    pub drift: Option<usize>,
    /// Whether its verdicts were taken out.
    pub pruned: bool,
}

impl History {
    /// Every run, in the order in which they were recorded.
    ///
    /// # Errors
    ///
    /// When the file is damaged.
    pub fn runs(&self) -> Result<Vec<RunRow>, HistoryError> {
        self.all_runs().map_err(|error| HistoryError::new(&self.file, error))
    }

    /// One run: by its number, or `latest`, or `previous`, the one before it.
    ///
    /// # Errors
    ///
    /// When there is no such run, or the file is damaged.
    pub fn run(&self, name: &str) -> Result<RunRow, HistoryError> {
        let runs = self.runs()?;
        let found = match name {
            "latest" => runs.last(),
            "previous" => runs.iter().rev().nth(1),
            number => number.parse().ok().and_then(|number: i64| runs.iter().find(|run| run.run == number)),
        };
        found.cloned().ok_or_else(|| HistoryError::new(&self.file, Problem::NoRun(format!("`{name}`"))))
    }

    /// The run that was recorded last.
    pub(super) fn last_run_row(&self) -> Result<RunRow, Problem> {
        self.all_runs()?.pop().ok_or_else(|| Problem::NoRun("yet".to_owned()))
    }

    fn all_runs(&self) -> rusqlite::Result<Vec<RunRow>> {
        let sql =
            "SELECT id, at, version, baseline, baseline_sha256, policies_sha256, source_sha256, resources, databases,
            pass, fail, unknown, error, waived, not_applicable, gaps, drift, pruned FROM runs ORDER BY id";
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement.query_map([], |row| {
            let at: i64 = row.get(1)?;
            Ok(RunRow {
                run: row.get(0)?,
                as_of: instant(at),
                version: row.get(2)?,
                baseline: row.get(3)?,
                baseline_sha256: row.get(4)?,
                policies_sha256: row.get(5)?,
                source_sha256: row.get(6)?,
                resources: row.get(7)?,
                databases: row.get(8)?,
                counts: VerdictCounts {
                    pass: row.get(9)?,
                    fail: row.get(10)?,
                    unknown: row.get(11)?,
                    error: row.get(12)?,
                    waived: row.get(13)?,
                    not_applicable: row.get(14)?,
                },
                gaps: row.get(15)?,
                drift: row.get(16)?,
                pruned: row.get(17)?,
            })
        })?;
        rows.collect()
    }
}

/// Seconds of Unix time as reports write an instant.
pub(super) fn instant(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map(|at| at.to_string()).unwrap_or_default()
}

/// What a history knows of one run besides its row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RunShown {
    /// Its row.
    #[serde(flatten)]
    pub row: RunRow,
    /// The resources that it could not see, and that were not known to be gone.
    pub unread: usize,
    /// What it could not read.
    pub gaps: Vec<GapRow>,
    /// Its waivers.
    pub waivers: Vec<WaiverRow>,
}

/// What could not be read, where, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GapRow {
    /// Where.
    pub place: String,
    /// Why.
    pub reason: String,
}

/// A waiver in a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WaiverRow {
    /// Its id.
    pub waiver: String,
    /// The id of its rule.
    pub rule: String,
    /// Where it stood.
    pub state: String,
    /// The last day on which it holds.
    pub expires: String,
    /// Who accepted it.
    pub approver: Option<String>,
    /// Who owns the risk.
    pub owner: Option<String>,
    /// How many findings it waived.
    pub waived: usize,
}

impl History {
    /// What is known of a run.
    ///
    /// # Errors
    ///
    /// When the run was pruned, or the file is damaged.
    pub fn show(&self, run: &RunRow) -> Result<RunShown, HistoryError> {
        if run.pruned {
            return Err(HistoryError::new(&self.file, Problem::Pruned(run.run)));
        }
        self.all_of(run).map_err(|error| HistoryError::new(&self.file, error))
    }

    pub(super) fn all_of(&self, run: &RunRow) -> rusqlite::Result<RunShown> {
        const AT: &str = "first_run <= ?1 AND (last_run IS NULL OR last_run >= ?1)";
        let gap = |row: &rusqlite::Row<'_>| Ok(GapRow { place: row.get(0)?, reason: row.get(1)? });
        let waiver = |row: &rusqlite::Row<'_>| {
            Ok(WaiverRow {
                waiver: row.get(0)?,
                rule: row.get(1)?,
                state: row.get(2)?,
                expires: row.get(3)?,
                approver: row.get(4)?,
                owner: row.get(5)?,
                waived: row.get(6)?,
            })
        };
        let unread = "SELECT count(*) FROM seen AS last WHERE first_run <= ?1 AND last_run < ?1
            AND (gone_run IS NULL OR gone_run > ?1) AND NOT EXISTS (SELECT 1 FROM seen AS later
                WHERE later.resource = last.resource AND later.first_run > last.first_run AND later.first_run <= ?1)";
        let gaps = format!("SELECT place, reason FROM gaps WHERE {AT} ORDER BY place, reason");
        let waivers = format!(
            "SELECT waiver, rule, state, expires, approver, owner, waived FROM waivers WHERE {AT} ORDER BY waiver"
        );
        Ok(RunShown {
            row: run.clone(),
            unread: self.connection.query_row(unread, [run.run], |row| row.get(0))?,
            gaps: self.connection.prepare(&gaps)?.query_map([run.run], gap)?.collect::<Result<_, _>>()?,
            waivers: self.connection.prepare(&waivers)?.query_map([run.run], waiver)?.collect::<Result<_, _>>()?,
        })
    }
}
