//! Where the waivers of a file stand by themselves, before anything is judged.

use std::fmt::Write as _;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use super::notes::told;
use super::term::{Term, day_of};
use super::{WaiverLimits, Waivers};
use crate::model::{WaiverRemark, WaiverState, WaiverUse};

/// Where a waiver stands, as `dbkeel waiver list` shows it.
#[derive(Clone, Debug, Serialize)]
pub struct Status {
    id: Arc<str>,
    rule: Arc<str>,
    state: WaiverState,
    /// Whether a comment in the source must name it.
    source_comment: bool,
    expires: Arc<str>,
    created: Option<Arc<str>>,
    owner: Option<Arc<str>>,
    approver: Option<Arc<str>>,
    ticket: Option<Arc<str>>,
    reason: Arc<str>,
    remarks: Vec<WaiverRemark>,
    line: u32,
    #[serde(skip)]
    holds: bool,
}

impl Status {
    /// The waiver's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its line in the file.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// Whether it is applied.
    pub fn holds(&self) -> bool {
        self.holds
    }

    /// Whether it is applied, and as long as its entry says.
    pub fn is_fine(&self) -> bool {
        self.remarks.is_empty() && self.holds
    }

    /// What there is to say of it, each as a sentence without its subject.
    pub fn remarks(&self) -> Vec<String> {
        told(self.state, &self.remarks, &self.expires, self.created.as_deref())
    }
}

impl Waivers {
    /// Where each stands at an instant, RFC 3339 in UTC.
    pub fn statuses(&self, limits: &WaiverLimits, as_of: &str) -> Vec<Status> {
        let today = day_of(as_of).unwrap_or(Date::MAX);
        let status = |waiver: &super::Waiver| {
            let term = Term::of(waiver, limits, today);
            let WaiverUse { id, rule, state, remarks, expires, created, owner, approver, ticket, reason, line, .. } =
                waiver.used(&term, term.remark.into_iter().collect(), (0, 0));
            let (source_comment, holds) = (waiver.needs_comment, term.holds());
            Status {
                id,
                rule,
                state,
                source_comment,
                expires,
                created,
                owner,
                approver,
                ticket,
                reason,
                remarks,
                line,
                holds,
            }
        };
        self.entries.iter().map(status).collect()
    }
}

/// The waivers for people, a line each.
pub fn table(statuses: &[Status]) -> String {
    let mut rows = vec![["ID", "RULE", "STATE", "EXPIRES", "OWNER", "REASON"].map(str::to_owned)];
    rows.extend(statuses.iter().map(|status| {
        let owner = status.owner.as_deref().unwrap_or("-");
        [&*status.id, &*status.rule, status.state.as_str(), &*status.expires, owner, &*status.reason]
            .map(|cell| crate::report::text::clean(cell).into_owned())
    }));
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..6).map(|column| width(column).unwrap_or_default()).collect();
    let mut text = String::new();
    for row in &rows {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", cells.join("  ").trim_end());
    }
    text
}
