//! How much the scan itself saw.

use super::fleet::Fleet;
use super::rules::{change, running};
use super::value::{Grouped, Kpi, KpiValue, Tally, share};
use crate::history::error::Problem;

/// The share of known databases that were seen, of verdicts that say something, and the gaps.
pub(super) fn kpis(fleet: &Fleet<'_>) -> Result<Vec<Kpi>, Problem> {
    Ok(vec![seen(fleet)?, decided(fleet)?, gaps(fleet)?])
}

/// A database that could not be seen is known from an earlier run.
fn seen(fleet: &Fleet<'_>) -> Result<Kpi, Problem> {
    let mut now: Grouped<Tally> = Grouped::default();
    for (_, database) in fleet.known() {
        now.add(database, |tally| tally.add(Some(database.is_seen(fleet.latest()))));
    }
    let (mut part, mut whole) = (vec![0; fleet.runs.len() + 1], vec![0; fleet.runs.len() + 1]);
    for (_, database) in fleet.databases_ever() {
        database.seen.iter().for_each(|times| change(&mut part, *times));
        database.known.iter().for_each(|times| change(&mut whole, *times));
    }
    let trend = running(&part).zip(running(&whole)).map(|(part, whole)| share(part, whole));
    let kpi = Kpi::new("scan_coverage", "Known databases that the scan saw", "%").of(&now, "no database is known");
    Ok(kpi
        .trend(fleet.trend(trend))
        .note("A database counts as known until a run that could list its place does not find it."))
}

fn decided(fleet: &Fleet<'_>) -> Result<Kpi, Problem> {
    let sql = "SELECT pass + fail + waived, unknown + error FROM runs WHERE pruned = 0 ORDER BY id";
    let mut statement = fleet.history.connection.prepare(sql)?;
    let counts: Vec<(usize, usize)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let trend = counts.iter().map(|(decided, silent)| share(*decided, decided + silent));
    let value = match counts.last() {
        Some((decided, silent)) if decided + silent > 0 => {
            KpiValue::Share { part: *decided, whole: decided + silent, unknown: 0 }
        }
        _ => KpiValue::Unknown("the last run judged nothing".to_owned()),
    };
    let kpi = Kpi::new("verdicts_decided", "Verdicts that could be reached", "%").trend(fleet.trend(trend));
    Ok(Kpi { value, ..kpi }.note("Of the verdicts on what applies, those that are neither unknown nor an error."))
}

fn gaps(fleet: &Fleet<'_>) -> Result<Kpi, Problem> {
    let mut statement = fleet.history.connection.prepare("SELECT gaps FROM runs WHERE pruned = 0 ORDER BY id")?;
    let gaps: Vec<u32> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let now = gaps.last().copied().unwrap_or_default();
    let kpi = Kpi::new("gaps", "What could not be read", "").lower();
    let trend = fleet.trend(gaps.iter().map(|gaps| Some(f64::from(*gaps))));
    Ok(Kpi { value: KpiValue::Number { value: f64::from(now), of: now as usize }, ..kpi }.trend(trend))
}
