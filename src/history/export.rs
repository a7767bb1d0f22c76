//! All of a history as JSON lines, for a warehouse or a person's own questions.
//!
//! Each line is an object with one member, named for what it is: `run`, `resource`, `seen`, `verdict`, `drift`, `waiver`,
//! `gap`, `fact`, `sample`, `account`, `target`. Numbers of resources, rules and texts are resolved, so a line can be read by itself.

use std::io::{self, Write};

use rusqlite::types::ValueRef;
use serde_json::{Map, Value};

use super::codes::Coded;
use super::error::HistoryError;
use super::open::History;
use crate::model::{Severity, Verdict};

/// What each line is called, and where it comes from. INVARIANT: each in the order of the table's key.
const LINES: [(&str, &str); 11] = [
    ("run", "SELECT *, strftime('%Y-%m-%dT%H:%M:%SZ', at, 'unixepoch') AS as_of FROM runs ORDER BY id"),
    ("resource", "SELECT * FROM resources ORDER BY id"),
    (
        "seen",
        "SELECT key AS resource, first_run, last_run, gone_run, (SELECT text FROM texts WHERE id = tier) AS tier,
            (SELECT text FROM texts WHERE id = owner) AS owner, (SELECT text FROM texts WHERE id = engine) AS engine
        FROM seen JOIN resources ON resources.id = resource ORDER BY resources.id, first_run",
    ),
    (
        "verdict",
        "SELECT key AS resource, rules.rule, first_run, last_run, verdict, severity,
            (SELECT text FROM texts WHERE id = waiver) AS waiver, (SELECT text FROM texts WHERE id = message) AS message,
            found, opened, reopened, failed
        FROM verdicts JOIN resources ON resources.id = verdicts.resource JOIN rules ON rules.id = verdicts.rule
        ORDER BY resources.id, rules.id, first_run",
    ),
    (
        "drift",
        "SELECT lower(hex(fingerprint)) AS fingerprint, first_run, last_run, closed_run,
            (SELECT text FROM texts WHERE id = drifts.resource) AS resource,
            (SELECT key FROM resources WHERE id = running) AS running, against, class,
            (SELECT text FROM texts WHERE id = subject) AS subject, severity,
            (SELECT text FROM texts WHERE id = tier) AS tier, account, region, found, opened, reopened
        FROM drifts ORDER BY drifts.fingerprint, first_run",
    ),
    ("waiver", "SELECT * FROM waivers ORDER BY waiver, first_run"),
    ("gap", "SELECT * FROM gaps ORDER BY place, reason, first_run"),
    (
        "fact",
        "SELECT key AS resource, (SELECT text FROM texts WHERE id = fact) AS fact, first_run, last_run,
            CASE state WHEN 0 THEN 'known' WHEN 1 THEN 'unknown' ELSE 'missing' END AS state,
            (SELECT text FROM texts WHERE id = value) AS value
        FROM facts JOIN resources ON resources.id = resource ORDER BY resources.id, facts.fact, first_run",
    ),
    (
        "sample",
        "SELECT run, (SELECT text FROM texts WHERE id = sample) AS sample, key AS resource, value
        FROM samples JOIN resources ON resources.id = resource ORDER BY run, samples.sample, resources.id",
    ),
    ("account", "SELECT * FROM accounts ORDER BY account, first_run"),
    ("target", "SELECT * FROM targets ORDER BY tier, name, first_run"),
];

impl History {
    /// Writes every row, one a line.
    ///
    /// # Errors
    ///
    /// The outer one when the file is damaged, the inner one when the lines cannot be written.
    pub fn export(&self, out: &mut dyn Write) -> Result<io::Result<()>, HistoryError> {
        for (name, sql) in LINES {
            let written = self.lines(name, sql, out).map_err(|error| HistoryError::new(&self.file, error))?;
            if written.is_err() {
                return Ok(written);
            }
        }
        Ok(Ok(()))
    }

    fn lines(&self, name: &str, sql: &str, out: &mut dyn Write) -> rusqlite::Result<io::Result<()>> {
        let mut statement = self.connection.prepare(sql)?;
        let columns: Vec<String> = statement.column_names().map(ToOwned::to_owned).collect();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let mut cells = Map::new();
            for (position, column) in columns.iter().enumerate() {
                let value = value(column, row.get_ref(position)?);
                if !value.is_null() {
                    cells.insert(column.clone(), value);
                }
            }
            let line = Value::Object(Map::from_iter([(name.to_owned(), Value::Object(cells))]));
            if let Err(error) = writeln!(out, "{line}") {
                return Ok(Err(error));
            }
        }
        Ok(Ok(()))
    }
}

/// A cell; verdicts and severities as words.
fn value(column: &str, cell: ValueRef<'_>) -> Value {
    match (column, cell) {
        ("verdict", ValueRef::Integer(code)) => Verdict::of_code(code).map_or(Value::Null, |of| of.as_str().into()),
        ("severity", ValueRef::Integer(code)) => Severity::of_code(code).map_or(Value::Null, |of| of.as_str().into()),
        ("pruned", ValueRef::Integer(flag)) => (flag != 0).into(),
        (_, ValueRef::Integer(number)) => number.into(),
        (_, ValueRef::Text(text)) => String::from_utf8_lossy(text).into_owned().into(),
        (_, ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_)) => Value::Null,
    }
}
