//! From when until when a waiver holds. Days are days in UTC, so that a run gives the same answer everywhere.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Waiver, WaiverLimits};
use crate::model::{WaiverRemark, WaiverState};

/// For how many days a waiver is announced to end.
const EXPIRING_DAYS: i64 = 30;

/// From when until when a waiver holds, seen from the day of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) state: WaiverState,
    /// The last day.
    pub(super) last: Date,
    /// What the baseline's limit does to it.
    pub(super) remark: Option<WaiverRemark>,
}

impl Term {
    /// The term of a waiver, seen from `today`.
    pub(super) fn of(waiver: &Waiver, limits: &WaiverLimits, today: Date) -> Self {
        let limit = limits.max_days.get(&waiver.severity);
        let (last, remark) = match (limit, waiver.created) {
            (None, _) => (waiver.expires, None),
            (Some(_), None) => (waiver.expires, Some(WaiverRemark::Undated)),
            (Some(days), Some(created)) => {
                let limit = created.saturating_add(i64::from(*days).days());
                match limit < waiver.expires {
                    true => (limit, Some(WaiverRemark::TooLong)),
                    false => (waiver.expires, None),
                }
            }
        };
        Self { state: state(waiver.created, last, today), last, remark }
    }

    /// Whether the waiver holds.
    pub(super) fn holds(&self) -> bool {
        let in_term = matches!(self.state, WaiverState::Active | WaiverState::Expiring);
        in_term && self.remark != Some(WaiverRemark::Undated)
    }
}

fn state(first: Option<Date>, last: Date, today: Date) -> WaiverState {
    if first.is_some_and(|first| today < first) {
        return WaiverState::NotYet;
    }
    if today > last {
        return WaiverState::Expired;
    }
    match last <= today.saturating_add(EXPIRING_DAYS.days()) {
        true => WaiverState::Expiring,
        false => WaiverState::Active,
    }
}

/// The day of an instant, RFC 3339 in UTC.
pub(crate) fn day_of(instant: &str) -> Option<Date> {
    instant.parse::<jiff::Timestamp>().ok().map(|at| at.to_zoned(jiff::tz::TimeZone::UTC).date())
}
