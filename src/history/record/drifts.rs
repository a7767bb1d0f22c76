//! Drift: what differs, since when, and what is no more.

use rusqlite::params;
use rustc_hash::FxHashMap;

use super::resources::Resources;
use super::{Problem, Recording};
use crate::history::codes::Code;
use crate::history::run::{DriftRecord, DriftSeen};
use crate::model::{Scope, Severity};

/// The last row of a drift.
struct Last {
    first_run: i64,
    last_run: Option<i64>,
    is_closed: bool,
    class: String,
    severity: Option<Severity>,
    running: Option<i64>,
    scope: Scope,
    life: (i64, i64, i64),
}

/// Records what drifted. A run that compared nothing says nothing of it.
pub(super) fn record(recording: &mut Recording<'_>, resources: &Resources) -> Result<(), Problem> {
    let Some(drift) = &recording.record.drift else {
        let sql = "UPDATE drifts SET last_run = ?1 WHERE last_run IS NULL";
        recording.transaction.execute(sql, [recording.run - 1])?;
        return Ok(());
    };
    let mut known = all(recording)?;
    for one in &drift.drifts {
        let fingerprint = bytes_of(&one.fingerprint);
        let was = known.remove(&fingerprint);
        see(recording, resources, (one, &fingerprint), was)?;
    }
    let mut rest: Vec<(Vec<u8>, Last)> = known.into_iter().filter(|(_, last)| !last.is_closed).collect();
    rest.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    for (fingerprint, last) in rest {
        let is_over = is_over(recording, resources, drift, &last);
        let sql = "UPDATE drifts SET last_run = coalesce(last_run, ?1), closed_run = ?2 WHERE fingerprint = ?3 AND first_run = ?4";
        let cells = params![recording.run - 1, is_over.then_some(recording.run), fingerprint, last.first_run];
        recording.transaction.prepare_cached(sql)?.execute(cells)?;
    }
    Ok(())
}

/// Whether a drift that was not found is no more, rather than out of sight.
fn is_over(recording: &Recording<'_>, resources: &Resources, drift: &DriftRecord, last: &Last) -> bool {
    if let Some(running) = last.running {
        // What is neither seen nor out of sight is gone, perhaps since a run that compared nothing.
        let is_there = resources.there.contains(&running);
        return if is_there { drift.is_whole } else { !resources.is_unread(running) };
    }
    // Nothing ran there, so something may have been made since; or its declaration was taken away.
    let here = |scope: &Scope| {
        (last.scope.account.is_none() || last.scope.account == scope.account)
            && (last.scope.region.is_none() || last.scope.region == scope.region)
    };
    let mut scopes = recording.record.scopes.iter().filter(|seen| here(&seen.scope)).peekable();
    drift.is_whole && scopes.peek().is_some() && scopes.all(|seen| seen.not_whole.is_empty())
}

fn see(
    recording: &mut Recording<'_>,
    resources: &Resources,
    (one, fingerprint): (&DriftSeen, &[u8]),
    was: Option<Last>,
) -> Result<(), Problem> {
    let running = one.running.as_ref().and_then(|key| resources.by_key.get(key)).copied();
    let is_same =
        |was: &&Last| was.last_run.is_none() && was.class == one.class.as_str() && was.severity == one.severity;
    if was.as_ref().filter(is_same).is_some() {
        return Ok(());
    }
    let run = recording.run;
    let life = match &was {
        None => (run, run, 0),
        Some(Last { is_closed: true, life: (found, _, reopened), .. }) => (*found, run, reopened + 1),
        Some(Last { life, .. }) => *life,
    };
    if let Some(was) = was.filter(|was| was.last_run.is_none()) {
        let sql = "UPDATE drifts SET last_run = ?1 WHERE fingerprint = ?2 AND first_run = ?3";
        recording.transaction.prepare_cached(sql)?.execute(params![run - 1, fingerprint, was.first_run])?;
    }
    let sql = "INSERT INTO drifts (fingerprint, first_run, resource, running, against, class, subject, severity, tier,
        account, region, found, opened, reopened) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
    let texts = &mut recording.texts;
    let (resource, subject, tier) =
        (texts.number(&one.resource)?, texts.number(&one.subject)?, texts.number(&one.tier)?);
    recording.transaction.prepare_cached(sql)?.execute(params![
        fingerprint,
        run,
        resource,
        running,
        one.against.as_str(),
        one.class.as_str(),
        subject,
        one.severity.map(Code),
        tier,
        one.scope.account,
        one.scope.region,
        life.0,
        life.1,
        life.2,
    ])?;
    Ok(())
}

/// Every drift, by its last row.
fn all(recording: &Recording<'_>) -> Result<FxHashMap<Vec<u8>, Last>, Problem> {
    let sql = "SELECT fingerprint, max(first_run), last_run, closed_run, class, severity, running, account, region,
        found, opened, reopened FROM drifts GROUP BY fingerprint";
    let mut statement = recording.transaction.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut all = FxHashMap::default();
    while let Some(row) = rows.next()? {
        let closed_run: Option<i64> = row.get(3)?;
        let severity: Option<Code<Severity>> = row.get(5)?;
        let last = Last {
            first_run: row.get(1)?,
            last_run: row.get(2)?,
            is_closed: closed_run.is_some(),
            class: row.get(4)?,
            severity: severity.map(|Code(severity)| severity),
            running: row.get(6)?,
            scope: Scope { account: row.get(7)?, region: row.get(8)? },
            life: (row.get(9)?, row.get(10)?, row.get(11)?),
        };
        all.insert(row.get(0)?, last);
    }
    Ok(all)
}

fn bytes_of(hexadecimal: &str) -> Vec<u8> {
    // What is no fingerprint of ours is an identity all the same.
    data_encoding::HEXLOWER.decode(hexadecimal.as_bytes()).unwrap_or_else(|_| hexadecimal.as_bytes().to_vec())
}
