//! A named report as one rectangle for spreadsheets: a row for each row of its tables, filtered by `section`.
//!
//! Columns of several tables that have the same key are one column. Figures and gaps are rows too, so that nothing is lost.

use std::borrow::Cow;
use std::io;

use super::Render;
use super::model::{CellValue, NamedReport, Section};
use crate::report::ReportOptions;
use crate::report::csv::{cell, io_error};

/// The format.
pub(super) struct Csv;

/// What figures and gaps need besides the columns of the tables.
const HEAD: [&str; 4] = ["section", "what", "value", "note"];

impl Render for Csv {
    fn write(&self, report: &NamedReport, _: &ReportOptions, out: &mut dyn io::Write) -> io::Result<()> {
        let keys = keys(&report.sections);
        let width = HEAD.len() + keys.len();
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(HEAD.iter().chain(&keys)).map_err(io_error)?;
        let mut row = |mut cells: Vec<Cow<'_, str>>| {
            cells.resize(width, "".into());
            writer.write_record(cells.iter().map(|cell| cell.as_bytes())).map_err(io_error)
        };
        for figure in &report.figures {
            let note = figure.note.as_ref().map_or("", |note| note.as_str());
            let value = raw(&figure.value.value);
            row(vec!["figures".into(), cell(figure.title.as_str()), cell(&value), cell(note)])?;
        }
        for trend in &report.trends {
            for point in &trend.points {
                let value = point.value.map_or_else(|| "unknown".to_owned(), |value| value.to_string());
                row(vec!["trends".into(), cell(trend.label.as_str()), value.into(), point.date.to_string().into()])?;
            }
        }
        for section in &report.sections {
            for of_row in &section.rows {
                let mut cells: Vec<Cow<'_, str>> = vec![cell(section.key.as_str()), "".into(), "".into(), "".into()];
                cells.extend(keys.iter().map(|key| {
                    let at = section.columns.iter().position(|column| column.key.as_str() == *key);
                    let text = at.and_then(|at| of_row.cells.get(at)).map(|of_cell| raw(&of_cell.value));
                    text.map_or("".into(), |text| Cow::Owned(guarded(&text)))
                }));
                row(cells)?;
            }
        }
        for gap in &report.gaps {
            row(vec!["gaps".into(), cell(&gap.place), "".into(), cell(gap.reason.as_str())])?;
        }
        writer.flush()
    }
}

/// Numbers may begin with a minus; anything else that a spreadsheet would compute is made text.
fn guarded(text: &str) -> String {
    match text.parse::<f64>() {
        Ok(_) if text.starts_with('-') => text.to_owned(),
        _ => cell(text).into_owned(),
    }
}

/// The keys of all columns, each once, in the order of reading.
fn keys(sections: &[Section]) -> Vec<&str> {
    let mut keys: Vec<&str> = Vec::new();
    for key in sections.iter().flat_map(|section| &section.columns).map(|column| column.key.as_str()) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// What a spreadsheet reckons with: seconds, fractions, ISO dates. What is not known is never an empty cell.
fn raw(value: &CellValue) -> String {
    match value {
        CellValue::Duration(seconds) => seconds.to_string(),
        // `1/2` is the first of February to a spreadsheet.
        CellValue::Share { part, whole } => format!("{part} of {whole}"),
        CellValue::Flag(flag) => flag.to_string(),
        CellValue::Verdict(verdict) => verdict.as_str().to_owned(),
        CellValue::List(values) if values.is_empty() => "none".to_owned(),
        CellValue::List(values) => values.iter().map(raw).collect::<Vec<_>>().join("; "),
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use crate::report::named::testing::{everything, nothing, render};

    #[test]
    fn everything_at_once() {
        insta::assert_snapshot!(render("csv", &everything()));
    }

    #[test]
    fn nothing_at_all() {
        insta::assert_snapshot!(render("csv", &nothing()));
    }

    #[test]
    fn a_negative_number_stays_a_number_and_a_formula_does_not() {
        assert_eq!(super::guarded("-3"), "-3");
        assert_eq!(super::guarded("-3+cmd"), "'-3+cmd");
        assert_eq!(super::guarded("=1+1"), "'=1+1");
    }
}
