//! What changed of the drift from one run to another.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{ChangeKind, ChangedDrift};
use crate::history::codes::Code;
use crate::history::open::History;
use crate::history::read::instant;
use crate::model::{DriftClass, Severity};

/// A drift at a run.
struct At {
    changed: ChangedDrift,
    /// Whether the run saw it.
    is_seen: bool,
}

impl History {
    pub(super) fn drift_diff(&self, from: i64, to: i64) -> rusqlite::Result<Vec<ChangedDrift>> {
        let (was, is) = (self.drift_at(from)?, self.drift_at(to)?);
        let became = |fingerprint: &Vec<u8>, at: &At| match (was.get(fingerprint), at.is_seen) {
            (_, false) => Some(ChangeKind::NotEvaluated),
            (None, true) => Some(ChangeKind::New),
            (Some(was), true) if at.changed.severity < was.changed.severity => Some(ChangeKind::Worse),
            (Some(_), true) => None,
        };
        let still = is.iter().filter_map(|(fingerprint, at)| {
            Some(ChangedDrift { change: became(fingerprint, at)?, ..at.changed.clone() })
        });
        let over = was.iter().filter(|(fingerprint, _)| !is.contains_key(*fingerprint));
        let over = over.map(|(_, at)| ChangedDrift { change: ChangeKind::Fixed, ..at.changed.clone() });
        let mut changed: Vec<ChangedDrift> = still.chain(over).collect();
        changed.sort();
        Ok(changed)
    }

    /// The drift that had begun by a run and was not known to be over, by fingerprint.
    fn drift_at(&self, run: i64) -> rusqlite::Result<BTreeMap<Vec<u8>, At>> {
        let sql = "SELECT fingerprint, max(first_run), class, severity,
                (SELECT text FROM texts WHERE id = drifts.resource), (SELECT text FROM texts WHERE id = subject),
                (SELECT at FROM runs WHERE id = opened), last_run IS NULL OR last_run >= ?1
            FROM drifts WHERE first_run <= ?1 GROUP BY fingerprint
            HAVING closed_run IS NULL OR closed_run > ?1";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([run])?;
        let mut all = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let class: String = row.get(2)?;
            let Ok(class) = class.parse::<DriftClass>() else { continue };
            let severity: Option<Code<Severity>> = row.get(3)?;
            let changed = ChangedDrift {
                change: ChangeKind::New,
                severity: Reverse(severity.map(|Code(severity)| severity)),
                class,
                resource: row.get(4)?,
                subject: row.get(5)?,
                opened: instant(row.get(6)?),
            };
            let is_seen: bool = row.get(7)?;
            all.insert(row.get(0)?, At { changed, is_seen: is_seen && class != DriftClass::Unverifiable });
        }
        Ok(all)
    }
}
