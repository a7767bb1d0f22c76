//! What became of the waivers of a run.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::Serialize;

use super::Location;
use super::kind::word_enum;

word_enum! {
    /// Where a waiver stands on the day of the run.
    WaiverState, "waiver state" {
        /// Its first day is still to come: it is not applied.
        NotYet = "not_yet",
        /// It holds.
        Active = "active",
        /// It holds, for 30 days more at most.
        Expiring = "expiring",
        /// Its last day is over: it is not applied.
        Expired = "expired",
    }
}

word_enum! {
    /// What its owner should know of a waiver.
    WaiverRemark, "waiver remark" {
        /// It selects no failing finding.
        Unused = "unused",
        /// It selects more resources than the baseline lets pass without a word.
        OverBroad = "over_broad",
        /// It ends before its own last day, because the baseline limits how long a waiver of that severity holds.
        TooLong = "too_long",
        /// It is not applied: the baseline limits how long it holds, and it does not say since when.
        Undated = "undated",
        /// It needs a comment in the source, and no source was read.
        NoSource = "no_source",
    }
}

/// A waiver, and what it did in this run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WaiverUse {
    /// Its id.
    pub id: Arc<str>,
    /// The id of its rule.
    pub rule: Arc<str>,
    /// Where it stands.
    pub state: WaiverState,
    /// What its owner should know.
    pub remarks: Vec<WaiverRemark>,
    /// The failing findings that it selects, whether it is applied or not.
    pub selected: usize,
    /// The findings that it waives.
    pub waived: usize,
    /// The last day on which it holds; RFC 3339, in UTC.
    pub expires: Arc<str>,
    /// Why the finding is accepted.
    pub reason: Arc<str>,
    /// Who owns the risk.
    pub owner: Option<Arc<str>>,
    /// Who accepted it.
    pub approver: Option<Arc<str>>,
    /// Where that was decided.
    pub ticket: Option<Arc<str>>,
    /// The first day on which it holds.
    pub created: Option<Arc<str>>,
    /// Its line in the waiver file.
    pub line: u32,
}

/// A comment that names a waiver and waives nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IdleComment {
    /// The id that it names.
    pub waiver: Arc<str>,
    /// Where it stands.
    pub location: Location,
    /// Why it waives nothing.
    pub problem: Arc<str>,
}

/// The waivers of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WaiverReport {
    /// The waiver file, as the user named it.
    pub file: Arc<str>,
    /// SHA-256 of the file.
    pub sha256: Arc<str>,
    /// The waivers, in the order of the file.
    pub entries: Vec<WaiverUse>,
    /// The comments that waive nothing, by place.
    pub idle_comments: Vec<IdleComment>,
}

/// How an outcome came to be waived.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WaivedBy {
    /// Index into `WaiverReport::entries`.
    pub waiver: u32,
    /// The comment that names the waiver, when the waiver asks for one.
    pub comment: Option<Location>,
}

/// A comment of the source that names a waiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceComment {
    /// The id that it names.
    pub waiver: Arc<str>,
    /// Where it stands.
    pub location: Location,
    /// The failing findings under it: index of the rule, index of the resource, sorted; `None` when it does not stand
    /// above a block or an attribute.
    pub covers: Option<Vec<(u32, u32)>>,
}
