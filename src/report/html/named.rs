//! A named report as a page: its figures, its trends, its tables, and what is not in it.

use std::io::{self, Write};

use maud::{Markup, html};

use super::Html;
use super::bars::{Piece, bar};
use super::page::{Frame, Section, left_out, page, wide};
use super::text::{many, name, plain, time, words};
use super::trend::trend;
use crate::model::Verdict;
use crate::report::ReportOptions;
use crate::report::named::Render;
use crate::report::named::footnotes::{Footnotes, Layout};
use crate::report::named::model::{
    self, Cell, CellValue, Column, Figure, NamedReport, Row, Section as Table, Tone, length, percent,
};

/// How many rows of a table a page shows.
const MAX_ROWS: usize = 2_000;

/// More figures than these need room for what is said of each.
const MANY: usize = 8;

/// How many elements of a list.
const MAX_ELEMENTS: usize = 20;

impl Render for Html {
    fn write(&self, report: &NamedReport, _: &ReportOptions, out: &mut dyn Write) -> io::Result<()> {
        let frame = Frame {
            title: report.title.as_str(),
            as_of: &report.as_of,
            above: None,
            under: under(report),
            is_wide: true,
        };
        let trends =
            (!report.trends.is_empty()).then(|| Section::of("trends", "Over time", None, trends(&report.trends)));
        let tables = report.sections.iter().zip(1..).map(|(table, number)| {
            let id = format!("table-{number}");
            let content = section(table, &id);
            Section::of(id, table.title.as_str(), Some(table.rows.len()), content)
        });
        let sections: Vec<Section<'_>> =
            trends.into_iter().chain(tables).chain([not_scanned(report), made_from(report)]).collect();
        page(&frame, &headline(report), &sections, out)
    }
}

fn under(report: &NamedReport) -> Markup {
    html! {
        p.under {
            @for by in &report.judged_by { span { (words(by.as_str())) } }
            span { "as of " (time(&report.as_of)) }
        }
    }
}

// ---- figures

fn headline(report: &NamedReport) -> Markup {
    html! {
        div.headline {
            p.asks { (words(report.about.as_str())) }
            @if report.subjects == 0 {
                p.gate.unknown { span.glyph aria-hidden="true" { "!" } " Nothing was read" }
                p.why { "No resource that this report is about was read, so it proves nothing." }
            }
            @if !report.gaps.is_empty() {
                p.why { span.glyph aria-hidden="true" { "!" } " " (many(report.gaps.len(), "part")) " of the scope could not be read, and is not in it." }
            }
        }
        @if !report.figures.is_empty() { dl.figures.many[report.figures.len() > MANY] { @for one in &report.figures { (figure(one)) } } }
    }
}

fn figure(figure: &Figure) -> Markup {
    let Cell { value, tone } = &figure.value;
    html! {
        div class=(tone_class(*tone)) {
            dt { (words(figure.title.as_str())) }
            dd {
                @match value {
                    CellValue::Share { part, whole } => {
                        b { (percent(*part, *whole)) } " " span { (part) " of " (whole) }
                        (share(figure.title.as_str(), *part, *whole, *tone))
                    },
                    CellValue::Unknown(reason) => { b { "–" } " " span { "not known: " (words(reason.as_str())) } },
                    CellValue::Missing(reason) => { b { "–" } " " span { "not applicable: " (words(reason.as_str())) } },
                    value => { b { (words(&value.to_string())) } },
                }
                @if let Some(note) = &figure.note { span { (words(note.as_str())) } }
            }
        }
    }
}

fn share(title: &str, part: usize, whole: usize, tone: Tone) -> Markup {
    let class = if tone == Tone::Bad { "fail" } else { "pass" };
    let pieces = [
        Piece { class, label: "counted", count: part },
        Piece { class: "none", label: "others", count: whole.saturating_sub(part) },
    ];
    bar(&plain(title), &pieces)
}

fn trends(trends: &[model::Trend]) -> Markup {
    html! { div.trends { @for one in trends { (trend(one)) } } }
}

// ---- tables

fn section(table: &Table, id: &str) -> Markup {
    let mut notes = Footnotes::default();
    html! {
        @if let Some(about) = &table.about { p.about { (words(about.as_str())) } }
        @if table.rows.is_empty() {
            p.none { (words(table.empty.as_str())) }
        } @else {
            @let layout = Layout::of(table);
            (constant(&layout, id, &mut notes))
            (wide(table.title.as_str(), &rows(table, &layout, id, &mut notes)))
            (left_out(table.rows.len().saturating_sub(MAX_ROWS), "rows;", "`--output csv=FILE` has all of them."))
            (reasons(&notes, id))
        }
        @for note in &table.notes { p.note { (words(note.as_str())) } }
    }
}

fn rows(table: &Table, layout: &Layout<'_>, id: &str, notes: &mut Footnotes) -> Markup {
    let details: Vec<(usize, &Column)> =
        table.columns.iter().enumerate().filter(|(_, column)| column.is_detail).collect();
    let mut cells = |row: &Row| row_of(row, &layout.shown, &details, id, notes);
    html! {
        table.report {
            caption.hidden { (words(table.title.as_str())) }
            thead { tr { @for (_, column) in &layout.shown { (heading(column)) } } }
            tbody { @for row in table.rows.iter().take(MAX_ROWS) { (cells(row)) } }
        }
    }
}

/// What is the same in every row is said once.
fn constant(layout: &Layout<'_>, id: &str, notes: &mut Footnotes) -> Markup {
    html! {
        @if !layout.constant.is_empty() {
            p.constant {
                "In every row: "
                @for (position, (column, same)) in layout.constant.iter().enumerate() {
                    @if position > 0 { ", " }
                    (words(column.title.as_str())) " " (value(same, id, notes))
                }
            }
        }
    }
}

fn heading(column: &Column) -> Markup {
    let class = if column.is_numeric() { "number" } else { column.kind.as_str() };
    html! {
        th class=(class) scope="col" {
            (words(column.title.as_str()))
            @if let Some(unit) = &column.unit { span.small { (words(unit.as_str())) } }
        }
    }
}

/// A row; what its first cell names is told in full under it, where there is room.
fn row_of(
    row: &Row,
    columns: &[(usize, &Column)],
    details: &[(usize, &Column)],
    id: &str,
    notes: &mut Footnotes,
) -> Markup {
    html! {
        tr {
            @for (position, column) in columns {
                @if let Some(cell) = row.cells.get(*position) {
                    @if *position == 0 {
                        th scope="row" {
                            (value(&cell.value, id, notes))
                            @for (detail, column) in details {
                                @if let Some(cell) = row.cells.get(*detail).filter(|cell| has_detail(cell)) { span.small { (detail_of(column, cell, id, notes)) } }
                            }
                        }
                    } @else {
                        td class={ (class(column, cell)) } { (glyph(cell)) (value(&cell.value, id, notes)) }
                    }
                }
            }
        }
    }
}

/// Whether a detail is worth a line: what a resource does not have is not, and what is not known is.
fn has_detail(cell: &Cell) -> bool {
    !matches!(cell.value, CellValue::Missing(_) | CellValue::Blank)
}

/// What stands under the first cell; a name, such as an ARN, says by itself what it is.
fn detail_of(column: &Column, cell: &Cell, id: &str, notes: &mut Footnotes) -> Markup {
    let is_name = matches!(cell.value, CellValue::Identifier(_));
    html! { @if !is_name { (words(column.title.as_str())) ": " } (value(&cell.value, id, notes)) }
}

fn class(column: &Column, cell: &Cell) -> String {
    let kind = if column.is_numeric() { "number" } else { column.kind.as_str() };
    format!("{kind} {}", tone_class(cell.tone))
}

const fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Good => "good",
        Tone::Attention => "attention",
        Tone::Bad => "bad",
    }
}

/// What tells a good word from a bad one without colour.
fn glyph(cell: &Cell) -> Markup {
    let glyph = match (&cell.value, cell.tone) {
        (CellValue::Verdict(Verdict::Unknown), _) => "?",
        (CellValue::Verdict(_) | CellValue::Status(_) | CellValue::Flag(_), Tone::Good) => "✓",
        (CellValue::Verdict(_) | CellValue::Status(_) | CellValue::Flag(_), Tone::Attention) => "!",
        (CellValue::Verdict(_) | CellValue::Status(_) | CellValue::Flag(_), Tone::Bad) => "✗",
        _ => return html! {},
    };
    html! { span.glyph aria-hidden="true" { (glyph) } " " }
}

fn value(of: &CellValue, id: &str, notes: &mut Footnotes) -> Markup {
    html! {
        @match of {
            CellValue::Identifier(text) => { (name(text)) },
            CellValue::Date(date) => { time { (date) } },
            CellValue::Instant(instant) => { (time(&instant.to_string())) },
            CellValue::Duration(seconds) => { span.whole { (length(*seconds)) } },
            CellValue::Share { part, whole } => { b { (percent(*part, *whole)) } span.small { (part) " of " (whole) } },
            CellValue::Unknown(reason) => { (marked("unknown", &format!("not known: {reason}"), id, notes)) },
            CellValue::Missing(reason) => { (marked("–", reason.as_str(), id, notes)) },
            CellValue::List(values) if !values.is_empty() => { (list(values, id, notes)) },
            CellValue::Blank => { span.blank { span.hidden { "to be filled in" } } },
            value => { (words(&value.to_string())) },
        }
    }
}

/// A word with the mark of its reason, which stands under the table.
fn marked(word: &str, reason: &str, id: &str, notes: &mut Footnotes) -> Markup {
    let mark = notes.mark(reason);
    html! { span.unknown { (word) sup { a href=(format!("#{id}-note-{mark}")) { (mark) } } } }
}

fn list(values: &[CellValue], id: &str, notes: &mut Footnotes) -> Markup {
    html! {
        ul.plain { @for one in values.iter().take(MAX_ELEMENTS) { li { (value(one, id, notes)) } } }
        @if values.len() > MAX_ELEMENTS { span.small { "… " (many(values.len() - MAX_ELEMENTS, "more element")) } }
    }
}

fn reasons(notes: &Footnotes, id: &str) -> Markup {
    html! {
        @if notes.reasons().next().is_some() {
            ol.reasons { @for (mark, reason) in notes.reasons() { li id=(format!("{id}-note-{mark}")) { (words(reason)) } } }
        }
    }
}

// ---- what is not in it, and what is

fn not_scanned<'a>(report: &NamedReport) -> Section<'a> {
    let content = html! {
        @if report.gaps.is_empty() {
            p.none { "Everything that was asked for could be read." }
        } @else {
            table {
                caption.hidden { "What could not be read" }
                thead { tr { th scope="col" { "Where" } th scope="col" { "Why" } } }
                tbody {
                    @for gap in report.gaps.iter().take(MAX_ROWS) {
                        tr { th scope="row" { (name(&gap.place)) } td { (words(gap.reason.as_str())) } }
                    }
                }
            }
            (left_out(report.gaps.len().saturating_sub(MAX_ROWS), "gaps;", "`--output json=FILE` has all of them."))
        }
    };
    Section::of("not-scanned", "Not scanned", Some(report.gaps.len()), content)
}

fn made_from<'a>(report: &NamedReport) -> Section<'a> {
    let content = html! {
        p.about {
            "Made by dbkeel " (env!("CARGO_PKG_VERSION")) " as of " (time(&report.as_of))
            @for by in &report.judged_by { ", " (words(by.as_str())) } "."
        }
        @if !report.sources.is_empty() {
            table {
                caption.hidden { "The files that were read" }
                thead { tr { th scope="col" { "File" } th scope="col" { "Kind" } th scope="col" { "SHA-256" } } }
                tbody {
                    @for source in report.sources.iter().take(MAX_ROWS) {
                        tr { th scope="row" { (name(&source.path)) } td { (source.kind.as_str().replace('-', " ")) } td.digest { (name(source.digest())) } }
                    }
                }
            }
            (left_out(report.sources.len().saturating_sub(MAX_ROWS), "files;", "`--output json=FILE` has all of them."))
        }
    };
    Section::of("made-from", "What this is made from", None, content)
}
