//! HTML for people who would rather look than read: one page that stands alone, or an index with a page an account.
//!
//! What a page promises: it runs no script and asks for nothing, which its Content-Security-Policy enforces; it carries its
//! numbers as text beside every picture, and a word or a glyph beside every colour; every text from a source is escaped,
//! cut where it is too long, and kept apart from the writing direction around it. A page is written piece by piece, and it
//! is bounded: what it leaves out is counted where it would stand.

use std::io::{self, Write};

use super::part::Part;
use super::{Report, ReportOptions};
use crate::model::Results;

mod account;
mod around;
mod bars;
mod drift;
mod findings;
mod folder;
mod frameworks;
mod head;
mod named;
mod page;
mod run;
mod scorecard;
mod text;
mod trend;
mod worst;

pub(super) use folder::write_folder;

/// The format.
pub(super) struct Html;

impl Report for Html {
    fn write(&self, results: &Results, options: &ReportOptions, out: &mut dyn Write) -> io::Result<()> {
        run::write(&run::Run::alone(&Part::whole(results), options), out)
    }
}

#[cfg(test)]
mod tests;
