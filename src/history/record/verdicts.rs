//! Verdicts: what changed since the last run that could tell.

use std::ops::Range;

use rusqlite::params;
use rustc_hash::{FxHashMap, FxHashSet};

use super::resources::{Known, Resources};
use super::{FindingLife, Problem, Recording, is_open, is_silent};
use crate::history::codes::Code;
use crate::history::run::VerdictSeen;
use crate::model::{Severity, Verdict};

/// A verdict that holds.
#[derive(Clone, Copy)]
struct Holds {
    first_run: i64,
    says: Says,
    life: FindingLife,
}

/// What makes two verdicts the same.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Says {
    verdict: Verdict,
    severity: Option<Severity>,
    waiver: Option<i64>,
}

/// What became of findings.
#[derive(Default)]
pub(super) struct Lives {
    /// The life of each one that is open: index of the resource, index of the rule; sorted.
    pub(super) open: Vec<(u32, u32, FindingLife)>,
    /// Those that were open until this run, in the same way.
    pub(super) closed: Vec<(u32, u32)>,
}

/// Records the verdicts of a run, and returns what became of the findings.
pub(super) fn record(recording: &mut Recording<'_>, resources: &Resources, rules: &[i64]) -> Result<Lives, Problem> {
    let holding = Holding::read(recording)?;
    let used: FxHashSet<i64> = rules.iter().copied().collect();
    let record = recording.record;
    let mut lives = Lives::default();
    let mut judged_by = FxHashSet::default();
    for ((position, seen), known) in (0u32..).zip(&record.resources).zip(&resources.seen) {
        let Some(known) = known else { continue };
        let of_resource = holding.of(known.id);
        judged_by.clear();
        for judged in &seen.verdicts {
            let Some(rule) = rules.get(judged.rule as usize).copied() else { continue };
            judged_by.insert(rule);
            let was = of_resource.binary_search_by_key(&rule, |(rule, _)| *rule).ok();
            let was = was.and_then(|at| of_resource.get(at)).map(|(_, holds)| *holds);
            let life = one(recording, known, (rule, judged), was)?;
            if life.opened.is_some() {
                lives.open.push((position, judged.rule, life));
            } else if was.is_some_and(|was| was.life.opened.is_some()) {
                lives.closed.push((position, judged.rule));
            }
        }
        // Rules that are in use and say nothing of it any more; what is out of use is not evaluated.
        let is_over = |rule: i64| used.contains(&rule) && !judged_by.contains(&rule);
        end_all(recording, known.id, of_resource.iter().filter(|(rule, _)| is_over(*rule)))?;
    }
    let mut gone: Vec<i64> = resources.gone.iter().copied().collect();
    gone.sort_unstable();
    for id in gone {
        end_all(recording, id, holding.of(id).iter())?;
    }
    Ok(lives)
}

/// Records one verdict; what stays the same is no row.
fn one(
    recording: &mut Recording<'_>,
    known: &Known,
    (rule, judged): (i64, &VerdictSeen),
    was: Option<Holds>,
) -> Result<FindingLife, Problem> {
    let says = Says {
        verdict: judged.verdict,
        severity: (is_open(judged.verdict) || is_silent(judged.verdict)).then_some(judged.severity),
        waiver: recording.texts.maybe(judged.waiver.as_ref())?,
    };
    if let Some(was) = was.filter(|was| was.says == says) {
        return Ok(was.life);
    }
    let life = match was {
        Some(was) => was.life,
        None if known.is_back => last_life(recording, known.id, rule)?.closed(),
        None => last_life_of_known(recording, known, rule)?.closed(),
    };
    let life = life.next(was.map(|was| was.says.verdict), judged.verdict, recording.run, known.before);
    if let Some(was) = was {
        end(recording, known.id, rule, was.first_run)?;
    }
    let message = recording.texts.maybe(judged.message.as_ref())?;
    let sql = "INSERT INTO verdicts (resource, rule, first_run, verdict, severity, waiver, message, found, opened, reopened, failed)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    recording.transaction.prepare_cached(sql)?.execute(params![
        known.id,
        rule,
        recording.run,
        Code(says.verdict),
        says.severity.map(Code),
        says.waiver,
        message,
        life.found,
        life.opened,
        (life.reopened > 0).then_some(life.reopened),
        life.failed,
    ])?;
    Ok(life)
}

/// A resource that is new has no past; one that stayed may have verdicts of the rule that are over.
fn last_life_of_known(recording: &Recording<'_>, known: &Known, rule: i64) -> Result<FindingLife, Problem> {
    match known.before {
        Some(_) => last_life(recording, known.id, rule),
        None => Ok(FindingLife::default()),
    }
}

/// The life of a finding as its last row, which is over, has it.
fn last_life(recording: &Recording<'_>, resource: i64, rule: i64) -> Result<FindingLife, Problem> {
    let sql = "SELECT found, opened, coalesce(reopened, 0), failed FROM verdicts WHERE resource = ?1 AND rule = ?2
        ORDER BY first_run DESC LIMIT 1";
    let mut statement = recording.transaction.prepare_cached(sql)?;
    let mut rows = statement.query(params![resource, rule])?;
    let Some(row) = rows.next()? else { return Ok(FindingLife::default()) };
    Ok(FindingLife { found: row.get(0)?, opened: row.get(1)?, reopened: row.get(2)?, failed: row.get(3)? })
}

/// The verdicts that hold.
struct Holding {
    /// Those of one resource stand together, by rule.
    rows: Vec<(i64, Holds)>,
    /// Where those of a resource are.
    places: FxHashMap<i64, Range<usize>>,
}

impl Holding {
    fn read(recording: &Recording<'_>) -> Result<Self, Problem> {
        let sql =
            "SELECT resource, rule, first_run, verdict, severity, waiver, found, opened, coalesce(reopened, 0), failed
            FROM verdicts WHERE last_run IS NULL ORDER BY resource, rule";
        let mut statement = recording.transaction.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut holding = Self { rows: Vec::new(), places: FxHashMap::default() };
        while let Some(row) = rows.next()? {
            let Code(verdict) = row.get(3)?;
            let severity: Option<Code<Severity>> = row.get(4)?;
            let says = Says { verdict, severity: severity.map(|Code(severity)| severity), waiver: row.get(5)? };
            let life =
                FindingLife { found: row.get(6)?, opened: row.get(7)?, reopened: row.get(8)?, failed: row.get(9)? };
            let at = holding.rows.len();
            holding.places.entry(row.get(0)?).or_insert(at..at).end = at + 1;
            holding.rows.push((row.get(1)?, Holds { first_run: row.get(2)?, says, life }));
        }
        Ok(holding)
    }

    fn of(&self, resource: i64) -> &[(i64, Holds)] {
        let place = self.places.get(&resource).cloned();
        place.and_then(|place| self.rows.get(place)).unwrap_or_default()
    }
}

fn end_all<'a>(
    recording: &Recording<'_>,
    resource: i64,
    mut over: impl Iterator<Item = &'a (i64, Holds)>,
) -> Result<(), Problem> {
    over.try_for_each(|(rule, holds)| end(recording, resource, *rule, holds.first_run))
}

fn end(recording: &Recording<'_>, resource: i64, rule: i64, first_run: i64) -> Result<(), Problem> {
    let sql = "UPDATE verdicts SET last_run = ?1 WHERE resource = ?2 AND rule = ?3 AND first_run = ?4";
    recording.transaction.prepare_cached(sql)?.execute(params![recording.run - 1, resource, rule, first_run])?;
    Ok(())
}
