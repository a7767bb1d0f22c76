//! A named report as GitHub-flavoured Markdown: for a job summary, an issue, a wiki.
//!
//! Over 1 MiB GitHub drops the summary of a step while the job stays green, so rows that do not fit are counted instead.

use std::io;

use super::Render;
use super::footnotes::{Footnotes, Layout};
use super::model::{CellValue, Column, NamedReport, Row, Section, Tone};
use crate::report::ReportOptions;
use crate::report::markdown_text::{cell, code_cell, escape};
use crate::report::text::count;

/// The format.
pub(super) struct Markdown;

/// In bytes.
const MAX_PAGE: usize = 900 * 1024;

/// What one table leaves to those after it.
const RESERVE: usize = 48 * 1024;

/// How many elements of a list a cell shows.
const MAX_ELEMENTS: usize = 10;

/// How many gaps are listed.
const MAX_GAPS: usize = 200;

impl Render for Markdown {
    fn write(&self, report: &NamedReport, _: &ReportOptions, out: &mut dyn io::Write) -> io::Result<()> {
        let mut page = String::new();
        head(report, &mut page);
        for (position, section) in report.sections.iter().enumerate() {
            let later = report.sections.len() - position;
            add_section(section, MAX_PAGE.saturating_sub(later * RESERVE), &mut page);
        }
        gaps(report, &mut page);
        let (subjects, gaps) = (count(report.subjects, "subject"), count(report.gaps.len(), "gap"));
        line(&mut page, &format!("\nreport {}: {subjects}, {gaps}", report.name));
        out.write_all(page.as_bytes())
    }
}

fn line(page: &mut String, text: &str) {
    page.push_str(text);
    page.push('\n');
}

fn head(report: &NamedReport, page: &mut String) {
    line(page, &format!("# {}\n", escape(report.title.as_str())));
    let by: String = report.judged_by.iter().map(|by| format!(", {}", escape(by.as_str()))).collect();
    line(page, &format!("As of {}{by}. {}", escape(&report.as_of), escape(report.about.as_str())));
    if report.subjects == 0 {
        line(page, "\n**Nothing was read that this report is about, so it proves nothing.**");
    }
    if !report.figures.is_empty() {
        line(page, "\n| | | |\n| --- | --- | --- |");
    }
    for figure in &report.figures {
        let note = figure.note.as_ref().map_or("", |note| note.as_str());
        let value = cell(&figure.value.value.to_string());
        line(page, &format!("| {} | **{value}** | {} |", cell(figure.title.as_str()), cell(note)));
    }
}

/// Adds a table, with as many rows as fit below `limit`.
fn add_section(section: &Section, limit: usize, page: &mut String) {
    line(page, &format!("\n## {} ({})\n", escape(section.title.as_str()), section.rows.len()));
    if let Some(about) = &section.about {
        line(page, &format!("{}\n", escape(about.as_str())));
    }
    if section.rows.is_empty() {
        line(page, &escape(section.empty.as_str()));
    } else {
        rows(section, limit, page);
    }
    for note in &section.notes {
        line(page, &format!("\n*{}*", escape(note.as_str())));
    }
}

fn rows(section: &Section, limit: usize, page: &mut String) {
    let layout = Layout::of(section);
    let mut footnotes = Footnotes::default();
    for (column, value) in &layout.constant {
        let value = words(value, &mut footnotes);
        line(page, &format!("{}: {value} in every row.\n", escape(column.title.as_str())));
    }
    let titles: Vec<String> = layout.shown.iter().map(|(_, column)| cell(column.title.as_str())).collect();
    line(page, &format!("| {} |", titles.join(" | ")));
    let rules: Vec<&str> = layout.shown.iter().map(|(_, column)| rule(column)).collect();
    line(page, &format!("| {} |", rules.join(" | ")));
    let mut left = section.rows.len();
    for row in &section.rows {
        let text = row_text(row, &layout.shown, &mut footnotes);
        if page.len() + text.len() > limit {
            break;
        }
        line(page, &text);
        left -= 1;
    }
    if left > 0 {
        line(page, &format!("\n… {}; `--output csv=FILE` has them all", count(left, "more row")));
    }
    for (position, (mark, reason)) in footnotes.reasons().enumerate() {
        let before = if position == 0 { "\n" } else { "" };
        line(page, &format!("{before}- \\[{mark}\\] {}", escape(reason)));
    }
}

fn rule(column: &Column) -> &'static str {
    match column.is_numeric() {
        true => "---:",
        false => "---",
    }
}

fn row_text(row: &Row, shown: &[(usize, &Column)], footnotes: &mut Footnotes) -> String {
    let cells = shown.iter().map(|(position, _)| match row.cells.get(*position) {
        None => String::new(),
        Some(of_row) => {
            let text = words(&of_row.value, footnotes);
            // GitHub shows no colours; what is bad is bold, beside the word that says so.
            if of_row.tone == Tone::Bad && !text.is_empty() { format!("**{text}**") } else { text }
        }
    });
    format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
}

fn words(value: &CellValue, footnotes: &mut Footnotes) -> String {
    match value {
        CellValue::Identifier(name) => code_cell(name),
        CellValue::Blank => String::new(),
        value => cell(&footnotes.words(value, MAX_ELEMENTS)),
    }
}

fn gaps(report: &NamedReport, page: &mut String) {
    if report.gaps.is_empty() {
        return;
    }
    line(page, &format!("\n## Not scanned ({})\n", report.gaps.len()));
    for gap in report.gaps.iter().take(MAX_GAPS) {
        line(page, &format!("- {}: {}", code_cell(&gap.place), cell(gap.reason.as_str())));
    }
    if report.gaps.len() > MAX_GAPS {
        line(page, &format!("- … {} more", report.gaps.len() - MAX_GAPS));
    }
}

#[cfg(test)]
mod tests {
    use crate::report::named::testing::{everything, many, nothing, render};

    #[test]
    fn everything_at_once() {
        insta::assert_snapshot!(render("markdown", &everything()));
    }

    #[test]
    fn nothing_at_all() {
        insta::assert_snapshot!(render("markdown", &nothing()));
    }

    #[test]
    fn a_large_fleet_stays_below_what_github_takes_and_says_what_is_left_out() {
        let page = render("markdown", &many(50_000));
        assert!(page.len() < 1024 * 1024, "{}", page.len());
        assert!(page.contains(" more rows; `--output csv=FILE` has them all"));
    }
}
