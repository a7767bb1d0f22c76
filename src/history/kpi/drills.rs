//! Restore drills that people attest: who restored what, to which moment, how long it took, and how it was checked.
//!
//! AWS Backup records its own restore jobs; of any other restore only those who made it can tell. They write it into a file
//! that is reviewed like code, `docs/schema/drill-v1.json`:
//!
//! ```yaml
//! drills:
//!   - drilled: 2026-09-30
//!     by: Ada Lovelace
//!     resource: "arn:aws:rds:eu-west-1:111122223333:db:orders"   # ids or names, globs; also a list
//!     account: "111122223333"
//!     recovery_point: 2026-09-30T02:00:00Z
//!     rto_minutes: 42
//!     check: row counts of the ledger against the day before
//!     result: succeeded                                          # succeeded, failed
//!     ticket: OPS-77
//! ```

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::diagnostic::Diagnostic;
use crate::selection::{Case, Patterns};
use crate::yaml::fields::{self, Fields, did_you_mean};
use crate::yaml::problems::Problems;
use crate::yaml::{self, Node, Tree};

const KEYS: &[&str] =
    &["drilled", "by", "resource", "account", "recovery_point", "rto_minutes", "check", "result", "ticket"];

/// Nobody records more than some thousands.
const MAX_DRILLS: usize = 100_000;

/// A drill that takes longer than ten years is a slip.
const MAX_MINUTES: i64 = 5_256_000;

/// The words of a result.
const RESULTS: [&str; 2] = ["succeeded", "failed"];

/// The records of a file.
#[derive(Debug)]
pub struct Drills(Vec<Drill>);

/// One drill.
#[derive(Debug)]
struct Drill {
    drilled: Date,
    rto_minutes: Option<i64>,
    has_succeeded: bool,
    resources: Option<Patterns>,
    accounts: Option<Patterns>,
}

/// The database that is asked about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'d> {
    pub(super) key: &'d str,
    pub(super) name: Option<&'d str>,
    pub(super) account: &'d str,
}

impl Drills {
    /// When a database was restored last in a drill that succeeded, up to an instant; in seconds of Unix time.
    pub(super) fn last_restore(&self, of: &Subject<'_>, now: i64) -> Option<i64> {
        let made = self.0.iter().filter(|drill| drill.has_succeeded && drill.is_of(of));
        made.filter_map(|drill| second(drill.drilled)).filter(|at| *at <= now).max()
    }

    /// How long the drills took that measured it and succeeded, in seconds.
    pub(super) fn recovery_times(&self) -> Vec<i64> {
        let measured = self.0.iter().filter(|drill| drill.has_succeeded);
        measured.filter_map(|drill| Some(drill.rto_minutes? * 60)).collect()
    }
}

fn second(day: Date) -> Option<i64> {
    Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second())
}

impl Drill {
    fn is_of(&self, of: &Subject<'_>) -> bool {
        let is_named =
            |patterns: &Patterns| patterns.matches(of.key) || of.name.is_some_and(|name| patterns.matches(name));
        self.resources.as_ref().is_none_or(is_named)
            && self.accounts.as_ref().is_none_or(|patterns| patterns.matches(of.account))
    }
}

/// Reads a file of drills, or everything that is wrong with it.
///
/// # Errors
///
/// When the file is not laid out as a file of drills, with line and column of each place.
pub fn parse(file: &str, text: &str) -> Result<Drills, Vec<Diagnostic>> {
    let mut problems = Problems::new(file, text);
    let drills = yaml::read(text, &mut problems).and_then(|root| list(&root, &mut problems));
    problems.finish(drills).map(Drills)
}

fn list(root: &Node, problems: &mut Problems) -> Option<Vec<Drill>> {
    const EMPTY: &str = "write `drills: []` if there are none";
    if root.value == Tree::Null {
        problems.add_with_help((1, 1), "the file of drills is empty", EMPTY);
        return None;
    }
    let fields = Fields::read(root, "a file of drills", &["drills"], problems)?;
    let node = fields.required("drills", problems)?;
    let Tree::List(items) = &node.value else {
        problems.add_with_help(node.place, format!("`drills` is {}, not a list", node.value.kind()), EMPTY);
        return None;
    };
    if let Some(beyond) = items.get(MAX_DRILLS) {
        problems.add(beyond.place, format!("there are more than {MAX_DRILLS} drills"));
        return None;
    }
    Some(items.iter().filter_map(|item| drill(item, problems)).collect())
}

fn drill(node: &Node, problems: &mut Problems) -> Option<Drill> {
    let fields = Fields::read(node, "a drill", KEYS, problems)?;
    let drilled = fields.required("drilled", problems).and_then(|node| fields::day(node, "`drilled`", problems));
    let recovery_point = fields.required("recovery_point", problems).and_then(|node| instant(node, problems));
    let result = fields.required("result", problems).and_then(|node| result(node, problems));
    // Who made it and how it was checked is what makes it evidence; nothing is reckoned from it.
    let mut words = |key: &str| -> Option<Arc<str>> {
        let text = fields::text(fields.required(key, problems)?, &format!("`{key}`"), problems)?;
        Some(text.value.trim().into())
    };
    let (by, check) = (words("by"), words("check"));
    let rto = fields.get("rto_minutes");
    let rto_minutes = rto.and_then(|node| fields::number(node, "`rto_minutes`", MAX_MINUTES, problems));
    fields.get("ticket").and_then(|node| fields::text(node, "`ticket`", problems));
    let mut patterns = |key: &str| {
        let texts = fields::texts(fields.get(key)?, &format!("`{key}`"), problems);
        Some(Patterns::new(&texts, Case::Matters, problems))
    };
    let (resources, accounts) = (patterns("resource"), patterns("account"));
    if resources.is_none() && accounts.is_none() {
        let help = "add `resource` (an id, a name or a glob) or `account`";
        problems.add_with_help(node.place, "the drill does not say what was restored", help);
    }
    let (drilled, recovery_point) = (drilled?, recovery_point?);
    if second(drilled).is_some_and(|day| recovery_point.as_second() >= day + 86_400) {
        let help = "write the moment to which it was restored, which is before the drill";
        problems.add_with_help(node.place, "the drill restores a moment that is still to come", help);
    }
    by?;
    check?;
    Some(Drill { drilled, rto_minutes, has_succeeded: result?, resources, accounts })
}

fn instant(node: &Node, problems: &mut Problems) -> Option<Timestamp> {
    let text = fields::text(node, "`recovery_point`", problems)?;
    let found = text.value.parse().ok();
    if found.is_none() {
        let title = format!("`recovery_point` is `{}`, not an instant", text.value);
        problems.add_with_help(text.place, title, "write it as RFC 3339: `2026-09-30T02:00:00Z`");
    }
    found
}

fn result(node: &Node, problems: &mut Problems) -> Option<bool> {
    let text = fields::text(node, "`result`", problems)?;
    match text.value.as_str() {
        "succeeded" => Some(true),
        "failed" => Some(false),
        other => {
            let title = format!("`{other}` is not a result");
            problems.add_with_help(text.place, title, did_you_mean(other, &RESULTS));
            None
        }
    }
}

#[cfg(test)]
mod tests;
