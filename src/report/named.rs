//! Named reports: one question about a fleet, answered in tables that people sign, file and forward.
//!
//! A report is a function from a [`subject::Subject`] to a [`model::NamedReport`], a neutral model of titles, figures and
//! tables with typed cells; every output format renders that model and knows nothing of what a report is about. A new report
//! is one file here and one command in `cli/report.rs`; a new format is one file and a row of [`Format::ALL`].

use std::fmt;
use std::io;
use std::str::FromStr;

use model::NamedReport;

use super::ReportOptions;

pub mod access;
pub mod backup;
pub mod calendar;
pub mod compliance;
mod csv;
pub mod drift;
pub mod exceptions;
pub(super) mod footnotes;
#[cfg(test)]
mod hostile;
mod ics;
mod json;
mod markdown;
pub mod model;
pub mod patch;
pub mod scorecard;
pub mod subject;
mod table;
#[cfg(test)]
pub(crate) mod testing;

/// An output format of named reports.
pub trait Render: Sync {
    /// Writes the report, without flushing.
    fn write(&self, report: &NamedReport, options: &ReportOptions, out: &mut dyn io::Write) -> io::Result<()>;
}

/// A registered output format of named reports.
#[derive(Clone, Copy)]
pub struct Format {
    name: &'static str,
    about: &'static str,
    render: &'static dyn Render,
    /// The only report that it can show; `None` when it shows them all.
    only: Option<&'static str>,
}

impl Format {
    /// Every format. A new one is a row here and a file beside the others.
    pub const ALL: &'static [Self] = &[
        Self::TABLE,
        Self::new("markdown", "a page for GitHub, at most 900 KiB", &markdown::Markdown),
        Self::new("csv", "a row for each row of its tables", &csv::Csv),
        Self::new("json", "everything, as `dbkeel.report/v1`", &json::Json),
        Self::new("html", "a page to look at, without script", &super::html::Html),
        Self { only: Some("calendar"), ..Self::new("ics", "events for a calendar, of `calendar` alone", &ics::Ics) },
    ];

    /// For people at a terminal.
    pub const TABLE: Self = Self::new("table", "tables for people", &table::Table);

    const fn new(name: &'static str, about: &'static str, render: &'static dyn Render) -> Self {
        Self { name, about, render, only: None }
    }

    /// The word that the command line uses.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// What it is for, in a few words.
    pub const fn about(self) -> &'static str {
        self.about
    }

    /// Whether it can show a report.
    pub fn shows(self, report: &str) -> bool {
        self.only.is_none_or(|only| only == report)
    }

    /// Writes a report in this format.
    pub fn write(self, report: &NamedReport, options: &ReportOptions, out: &mut dyn io::Write) -> io::Result<()> {
        self.render.write(report, options, out)
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Format {}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Format").field(&self.name).finish()
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().find(|format| format.name == text).copied().ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|format| format.name).collect();
            format!("`{text}` is not an output format of reports; expected one of {}", names.join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_own_name() {
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(*format));
        }
    }

    #[test]
    fn an_unknown_format_names_the_ones_that_exist() {
        let error = "xlsx".parse::<Format>().unwrap_err();
        assert!(
            error.starts_with("`xlsx` is not an output format of reports; expected one of table, markdown,"),
            "{error}"
        );
    }
}
