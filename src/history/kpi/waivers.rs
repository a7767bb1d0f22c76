//! What was accepted: how much, by whom, and what is over.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fleet::Fleet;
use super::rules::{change, running};
use super::value::{Kpi, KpiValue};
use crate::history::error::Problem;
use crate::model::WaiverState;

/// What one person accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApproverLoad {
    /// Who; empty where the waivers name nobody.
    pub approver: Arc<str>,
    /// Waivers that hold.
    pub open: usize,
    /// Those of them that end within 30 days.
    pub expiring: usize,
    /// Waivers whose last day is over.
    pub expired: usize,
    /// The findings that they waive.
    pub waived: usize,
}

/// The load of waivers, in all and by approver.
pub(super) fn kpis(fleet: &Fleet<'_>) -> Result<(Vec<Kpi>, Vec<ApproverLoad>), Problem> {
    let sql = "SELECT state, approver, waived, first_run, last_run FROM waivers";
    let mut statement = fleet.history.connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut by_approver: BTreeMap<Arc<str>, ApproverLoad> = BTreeMap::new();
    let (mut open, mut expired) = (vec![0; fleet.runs.len() + 1], vec![0; fleet.runs.len() + 1]);
    let mut waived = 0;
    while let Some(row) = rows.next()? {
        let state: String = row.get(0)?;
        let Ok(state) = state.parse::<WaiverState>() else { continue };
        let last_run: Option<i64> = row.get(4)?;
        let Some(times) = fleet.times(row.get(3)?, last_run) else { continue };
        let holds = matches!(state, WaiverState::Active | WaiverState::Expiring);
        if holds {
            change(&mut open, times);
        }
        if state == WaiverState::Expired {
            change(&mut expired, times);
        }
        if last_run.is_none() {
            let approver: Option<Arc<str>> = row.get(1)?;
            let approver = approver.unwrap_or_default();
            let load = by_approver.entry(Arc::clone(&approver)).or_default();
            load.approver = approver;
            load.open += usize::from(holds);
            load.expiring += usize::from(state == WaiverState::Expiring);
            load.expired += usize::from(state == WaiverState::Expired);
            let of_it: usize = row.get(2)?;
            load.waived += of_it;
            waived += of_it;
        }
    }
    let of = |key, title, changes: &[i64]| {
        let counts: Vec<usize> = running(changes).take(fleet.runs.len()).collect();
        let now = counts.last().copied().unwrap_or_default();
        let trend = fleet.trend(counts.iter().map(|count| Some(number(*count))));
        Kpi { value: KpiValue::Number { value: number(now), of: now }, ..Kpi::new(key, title, "").lower() }.trend(trend)
    };
    let open = of("waivers_open", "Waivers that hold", &open).note(format!("They waive {waived} findings."));
    let expired = of("waivers_expired", "Waivers whose last day is over", &expired);
    Ok((vec![open, expired], by_approver.into_values().collect()))
}

#[expect(clippy::cast_precision_loss, reason = "a fleet has less than 2^52 waivers")]
fn number(count: usize) -> f64 {
    count as f64
}
