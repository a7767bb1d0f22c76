//! Small tables of verdict counts.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::model::VerdictCounts;

/// A name and its numbers.
pub(super) type Row<'a> = (Cow<'a, str>, &'a VerdictCounts);

const COLUMNS: [&str; 6] = ["FAILED", "WAIVED", "PASSED", "UNKNOWN", "NOT APPLICABLE", "ERRORS"];

fn cells(counts: &VerdictCounts) -> [usize; 6] {
    [counts.fail, counts.waived, counts.pass, counts.unknown, counts.not_applicable, counts.error]
}

/// The heading of a table.
pub(super) fn heading(title: &str, rows: &[Row<'_>]) -> String {
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0).max(12);
    let columns: String = COLUMNS.iter().map(|column| format!("  {column:>7}")).collect();
    format!("  {title:<width$}{columns}")
}

/// The rows of a table, under [`heading`].
pub(super) fn write(rows: &[Row<'_>], out: &mut dyn Write) -> io::Result<()> {
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0).max(12);
    for (name, counts) in rows {
        write!(out, "  {name:<width$}")?;
        for (cell, column) in cells(counts).iter().zip(COLUMNS) {
            write!(out, "  {cell:>column$}", column = column.len().max(7))?;
        }
        writeln!(out)?;
    }
    Ok(())
}
