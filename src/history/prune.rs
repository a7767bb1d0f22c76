//! Taking old runs out of a history.
//!
//! What a run before the limit found is taken out as far as no later run rests on it: rows that ended before, samples,
//! resources that are gone since. Its own row stays, marked, because findings of today may have been found by it.

use rusqlite::TransactionBehavior;

use super::error::{HistoryError, Problem};
use super::open::History;

/// What was taken out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    /// The runs.
    pub runs: usize,
    /// The rows of theirs.
    pub rows: usize,
    /// The bytes that the file is smaller by.
    pub bytes: u64,
}

/// The tables with rows that end, whose ended rows nothing refers to.
const LASTING: [&str; 9] =
    ["verdicts", "facts", "waivers", "gaps", "scopes", "unread", "accounts", "targets", "rule_uses"];

/// What else is over, in this order: a resource may go when nothing speaks of it, a text when nobody uses it. The last row of
/// a resource that nobody can see stays, since it may still be there.
const OVER: [&str; 5] = [
    "DELETE FROM samples WHERE run < ?1",
    "DELETE FROM drifts AS old WHERE last_run < ?1 AND (closed_run < ?1 OR EXISTS (SELECT 1 FROM drifts AS later
        WHERE later.fingerprint = old.fingerprint AND later.first_run > old.first_run))",
    "DELETE FROM seen AS old WHERE last_run < ?1 AND (gone_run < ?1 OR EXISTS (SELECT 1 FROM seen AS later
        WHERE later.resource = old.resource AND later.first_run > old.first_run))",
    "DELETE FROM resources WHERE ?1 > 0 AND id NOT IN (SELECT resource FROM seen)
        AND id NOT IN (SELECT running FROM drifts WHERE running IS NOT NULL)",
    "DELETE FROM texts WHERE ?1 > 0 AND id NOT IN (
        SELECT tier FROM seen UNION SELECT owner FROM seen WHERE owner IS NOT NULL
        UNION SELECT engine FROM seen WHERE engine IS NOT NULL UNION SELECT waiver FROM verdicts WHERE waiver IS NOT NULL
        UNION SELECT message FROM verdicts WHERE message IS NOT NULL UNION SELECT resource FROM drifts
        UNION SELECT subject FROM drifts UNION SELECT tier FROM drifts UNION SELECT fact FROM facts
        UNION SELECT value FROM facts WHERE value IS NOT NULL UNION SELECT sample FROM samples)",
];

impl History {
    /// Takes out the runs whose instant is before a limit; the last one always stays.
    ///
    /// # Errors
    ///
    /// When another process writes for too long, when the file may not be written, or when it is damaged.
    pub fn prune(&mut self, before: jiff::Timestamp) -> Result<Pruned, HistoryError> {
        let pruned = self.prune_in_one(before.as_second());
        pruned.map_err(|problem| HistoryError::new(&self.file, problem))
    }

    fn prune_in_one(&mut self, before: i64) -> Result<Pruned, Problem> {
        if self.connection.is_readonly("main")? {
            return Err(Problem::ReadOnly("it is read-only".to_owned()));
        }
        let size = self.size()?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // The first run that stays. Runs are in the order of recording; one before the limit that was recorded late stays.
        let first: Option<i64> = transaction.query_row(
            "SELECT coalesce((SELECT min(id) FROM runs WHERE at >= ?1), (SELECT max(id) FROM runs))",
            [before],
            |row| row.get(0),
        )?;
        let Some(first) = first else { return Ok(Pruned::default()) };
        let runs = transaction.execute("UPDATE runs SET pruned = 1 WHERE id < ?1 AND pruned = 0", [first])?;
        let mut rows = 0;
        for table in LASTING {
            rows += transaction.execute(&format!("DELETE FROM {table} WHERE last_run < ?1"), [first])?;
        }
        for over in OVER {
            rows += transaction.execute(over, [first])?;
        }
        transaction.commit()?;
        self.connection.execute_batch("VACUUM")?;
        Ok(Pruned { runs, rows, bytes: size.saturating_sub(self.size()?) })
    }

    fn size(&self) -> rusqlite::Result<u64> {
        self.connection.query_row(
            "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
            [],
            |row| row.get(0),
        )
    }
}
