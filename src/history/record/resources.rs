//! Which resources were seen, which are gone, and of which nobody can tell.

use std::sync::Arc;

use rusqlite::params;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Problem, Recording};
use crate::history::run::ResourceSeen;
use crate::model::{Kind, Scope, Verdict};

/// A resource that was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// Its number.
    pub(super) id: i64,
    /// The last run before this one that saw it; `None` when it is new, or had been gone.
    pub(super) before: Option<i64>,
    /// Whether the history has older rows of it that are over.
    pub(super) is_back: bool,
}

/// The resources of the history after a run.
pub(super) struct Resources {
    /// Those that were seen, by their index in the record; `None` when they are not worth a row.
    pub(super) seen: Vec<Option<Known>>,
    /// By key, of those that were seen.
    pub(super) by_key: FxHashMap<Arc<str>, i64>,
    /// The numbers of those that were seen.
    pub(super) there: FxHashSet<i64>,
    /// Those that are known to be gone since this run.
    pub(super) gone: FxHashSet<i64>,
    /// Those of which nobody can tell.
    unread: FxHashSet<i64>,
}

/// A resource as the history knew it before this run, by the last of its rows.
struct Before {
    resource_id: Option<Arc<str>>,
    kind: Option<Kind>,
    resource_type: String,
    scope: Scope,
    first_run: i64,
    /// The last run that saw it; `None` while it is there.
    last_run: Option<i64>,
    is_gone: bool,
    belongs: Belongs,
}

/// Tier, owner and engine, by number.
type Belongs = (i64, Option<i64>, Option<i64>);

impl Resources {
    pub(super) fn record(recording: &mut Recording<'_>) -> Result<Self, Problem> {
        let (mut before, newest) = all_before(recording)?;
        let record = recording.record;
        let mut resources = Self {
            seen: Vec::with_capacity(record.resources.len()),
            by_key: FxHashMap::default(),
            there: FxHashSet::default(),
            gone: FxHashSet::default(),
            unread: FxHashSet::default(),
        };
        for seen in &record.resources {
            let mut id = newest.get(&seen.key).copied();
            let was = id.and_then(|id| before.remove(&id));
            if let (Some(other), Some(was)) = (id, was.as_ref().filter(|was| is_another(was, seen))) {
                resources.end(recording, other, was, true)?;
                id = None;
            }
            let known = see(recording, seen, id, was.filter(|_| id.is_some()).as_ref())?;
            resources.there.extend(known.map(|known| known.id));
            resources.by_key.extend(known.map(|known| (Arc::clone(&seen.key), known.id)));
            resources.seen.push(known);
        }
        let mut rest: Vec<(i64, Before)> = before.into_iter().filter(|(_, was)| !was.is_gone).collect();
        rest.sort_unstable_by_key(|(id, _)| *id);
        for (id, was) in rest {
            let is_gone = was.kind.is_some_and(|kind| record.saw_all_of((kind, &was.resource_type), &was.scope));
            resources.end(recording, id, &was, is_gone)?;
        }
        Ok(resources)
    }

    /// Whether nobody can tell whether it is still there.
    pub(super) fn is_unread(&self, id: i64) -> bool {
        self.unread.contains(&id)
    }

    /// Notes that a resource was not seen: it is gone, or nobody can tell.
    fn end(&mut self, recording: &Recording<'_>, id: i64, was: &Before, is_gone: bool) -> Result<(), Problem> {
        if was.is_gone {
            return Ok(());
        }
        let set = if is_gone { &mut self.gone } else { &mut self.unread };
        set.insert(id);
        if is_gone || was.last_run.is_none() {
            let sql = "UPDATE seen SET last_run = coalesce(last_run, ?1), gone_run = ?2 WHERE resource = ?3 AND first_run = ?4";
            let mut end = recording.transaction.prepare_cached(sql)?;
            end.execute(params![recording.run - 1, is_gone.then_some(recording.run), id, was.first_run])?;
        }
        Ok(())
    }
}

/// Whether a resource has the key of another one that was there before.
fn is_another(was: &Before, seen: &ResourceSeen) -> bool {
    was.resource_id.as_ref().zip(seen.resource_id.as_ref()).is_some_and(|(was, is)| was != is)
}

/// Automated snapshots come every night by the thousand; those that nothing is wrong with are not worth a row.
fn is_of_interest(seen: &ResourceSeen) -> bool {
    let is_quiet = |verdict| matches!(verdict, Verdict::Pass | Verdict::NotApplicable);
    seen.kind != Kind::Snapshot || !seen.verdicts.iter().all(|judged| is_quiet(judged.verdict))
}

/// Notes that a resource was seen, and to what it belongs.
fn see(
    recording: &mut Recording<'_>,
    seen: &ResourceSeen,
    id: Option<i64>,
    was: Option<&Before>,
) -> Result<Option<Known>, Problem> {
    let Some(id) = id else {
        if !is_of_interest(seen) {
            return Ok(None);
        }
        let known = Known { id: insert(recording, seen)?, before: None, is_back: false };
        let belongs = belongs(recording, seen)?;
        begin(recording, known.id, belongs)?;
        return Ok(Some(known));
    };
    if let (Some(Before { resource_id: None, .. }), Some(resource_id)) = (was, &seen.resource_id) {
        recording
            .transaction
            .execute("UPDATE resources SET resource_id = ?1 WHERE id = ?2", params![resource_id, id])?;
    }
    // A key that is there twice: the first one counts.
    let Some(was) = was else { return Ok(None) };
    let belongs = belongs(recording, seen)?;
    let before = if was.is_gone { None } else { was.last_run.or(recording.previous) };
    if was.last_run.is_some() || was.belongs != belongs {
        let sql = "UPDATE seen SET last_run = ?1 WHERE resource = ?2 AND first_run = ?3 AND last_run IS NULL";
        recording.transaction.prepare_cached(sql)?.execute(params![recording.run - 1, id, was.first_run])?;
        begin(recording, id, belongs)?;
    }
    Ok(Some(Known { id, before, is_back: was.is_gone }))
}

fn belongs(recording: &mut Recording<'_>, seen: &ResourceSeen) -> Result<Belongs, Problem> {
    let texts = &mut recording.texts;
    Ok((texts.number(&seen.tier)?, texts.maybe(seen.owner.as_ref())?, texts.maybe(seen.engine.as_ref())?))
}

fn insert(recording: &Recording<'_>, seen: &ResourceSeen) -> Result<i64, Problem> {
    let sql = "INSERT INTO resources (key, resource_id, type, kind, provider, account, region, name)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    recording.transaction.prepare_cached(sql)?.execute(params![
        seen.key,
        seen.resource_id,
        seen.resource_type,
        seen.kind.as_str(),
        seen.provider.as_str(),
        seen.scope.account,
        seen.scope.region,
        seen.name,
    ])?;
    Ok(recording.transaction.last_insert_rowid())
}

fn begin(recording: &Recording<'_>, id: i64, (tier, owner, engine): Belongs) -> Result<(), Problem> {
    let sql = "INSERT INTO seen (resource, first_run, tier, owner, engine) VALUES (?1, ?2, ?3, ?4, ?5)";
    recording.transaction.prepare_cached(sql)?.execute(params![id, recording.run, tier, owner, engine])?;
    Ok(())
}

/// The newest number of each key.
type ByKey = FxHashMap<Arc<str>, i64>;

/// Every resource by number, as the last of its rows has it; and the newest number of each key.
fn all_before(recording: &Recording<'_>) -> Result<(FxHashMap<i64, Before>, ByKey), Problem> {
    // Of the columns beside `max`, SQLite gives those of the row that has it (https://www.sqlite.org/lang_select.html#bareagg).
    let sql =
        "SELECT id, key, resource_id, kind, account, region, max(first_run), last_run, gone_run, tier, owner, engine, type
        FROM resources JOIN seen ON seen.resource = id GROUP BY id";
    let mut statement = recording.transaction.prepare(sql)?;
    let mut rows = statement.query([])?;
    let (mut before, mut newest) = (FxHashMap::default(), FxHashMap::default());
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let kind: String = row.get(3)?;
        let gone_run: Option<i64> = row.get(8)?;
        let known = Before {
            resource_id: row.get(2)?,
            kind: kind.parse().ok(),
            resource_type: row.get(12)?,
            scope: Scope { account: row.get(4)?, region: row.get(5)? },
            first_run: row.get(6)?,
            last_run: row.get(7)?,
            is_gone: gone_run.is_some(),
            belongs: (row.get(9)?, row.get(10)?, row.get(11)?),
        };
        before.insert(id, known);
        let newer: &mut i64 = newest.entry(row.get(1)?).or_insert(id);
        *newer = id.max(*newer);
    }
    Ok((before, newest))
}
