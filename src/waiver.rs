//! Waivers: failures that somebody accepted, for a reason and for a time.
//!
//! [`parse`] reads a waiver file, [`apply`] turns the failures that a waiver selects into `waived` once everything is judged.
//! What waivers promise: they touch no verdict but `fail` and make nothing pass; each one names a rule, says what it is for,
//! why, and until when; one that is over, that selects nothing or that selects too much says so in every report. A comment
//! in the source (`# dbkeel:waive ID`) may narrow a waiver down to the line that it stands above; alone it waives nothing.

mod apply;
mod entry;
mod limits;
mod notes;
mod read;
mod selector;
mod status;
mod term;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

pub use apply::apply;
pub use entry::NewWaiver;
pub use limits::WaiverLimits;
pub use notes::notes;
pub(crate) use notes::remarks;
pub use status::{Status, table};
pub(crate) use term::day_of;

use crate::diagnostic::Diagnostic;
use crate::model::{Rule, Severity, Tier};
use selector::Selector;

/// The words in a comment that name a waiver: `# dbkeel:waive W-1`.
pub(crate) const COMMENT: &str = "dbkeel:waive";

/// A waiver file.
#[derive(Debug)]
pub struct Waivers {
    file: Arc<str>,
    sha256: Arc<str>,
    entries: Vec<Waiver>,
}

/// One accepted failure, or several of one rule.
#[derive(Debug)]
pub(crate) struct Waiver {
    pub(crate) id: Arc<str>,
    /// The rule's id, whatever name the file uses.
    pub(crate) rule: Arc<str>,
    /// The gravest that a failure of the rule has in the tiers that are selected.
    pub(crate) severity: Severity,
    pub(crate) selector: Selector,
    /// Whether it waives only what stands under a comment that names it.
    pub(crate) needs_comment: bool,
    pub(crate) reason: Arc<str>,
    pub(crate) owner: Option<Arc<str>>,
    pub(crate) approver: Option<Arc<str>>,
    pub(crate) ticket: Option<Arc<str>>,
    pub(crate) created: Option<Date>,
    /// The last day on which it holds, in UTC.
    pub(crate) expires: Date,
    pub(crate) line: u32,
}

impl Waivers {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The file, as the user named it.
    pub fn file(&self) -> &str {
        &self.file
    }
}

/// Reads a waiver file from its text. Rules may be named by id, earlier id or name; tiers are those of the run's baseline.
///
/// # Errors
///
/// Everything that is wrong with the text, in its order.
pub fn parse(file: &str, text: &str, rules: &[Arc<Rule>], tiers: &[Tier]) -> Result<Waivers, Vec<Diagnostic>> {
    let entries = read::entries(file, text, &read::Known { rules, tiers })?;
    let sha256: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Waivers { file: file.into(), sha256: sha256.into(), entries })
}
