//! A named report for people at a terminal: its figures, then its tables, padded into columns.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::Render;
use super::footnotes::{Footnotes, Layout};
use super::model::{Cell, CellValue, Column, NamedReport, Section, Tone};
use crate::report::ReportOptions;
use crate::report::text::{clean, count, cut};

/// The format.
pub(super) struct Table;

/// How many rows of a table are shown.
const MAX_ROWS: usize = 50;

/// How many elements of a list are shown.
const MAX_ELEMENTS: usize = 3;

/// How much of a text is shown; names and addresses are shown whole, so that they can be copied.
const MAX_TEXT: usize = 60;

/// The same in the last column, after which nothing has to line up.
const MAX_LAST: usize = 240;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

impl Render for Table {
    fn write(&self, report: &NamedReport, options: &ReportOptions, out: &mut dyn Write) -> io::Result<()> {
        let mut page = Page { color: options.color, out };
        page.head(report)?;
        for section in &report.sections {
            page.section(section)?;
        }
        page.gaps(report)?;
        let (subjects, gaps) = (count(report.subjects, "subject"), count(report.gaps.len(), "gap"));
        writeln!(page.out, "\nreport {}: {subjects}, {gaps}", report.name)
    }
}

struct Page<'a> {
    color: bool,
    out: &'a mut dyn Write,
}

/// A cell ready to be padded: its text, how wide that is, and how good the value is.
struct Shown {
    text: String,
    tone: Tone,
}

impl Page<'_> {
    fn paint(&self, style: Style, text: &str) -> String {
        match self.color && !text.is_empty() {
            true => format!("{style}{text}{style:#}"),
            false => text.to_owned(),
        }
    }

    fn head(&mut self, report: &NamedReport) -> io::Result<()> {
        let title = self.paint(BOLD, &clean(report.title.as_str()));
        let by: String = report.judged_by.iter().map(|by| format!(", {}", clean(by.as_str()))).collect();
        writeln!(self.out, "{title} as of {}{by}", clean(&report.as_of))?;
        writeln!(self.out, "{}", clean(report.about.as_str()))?;
        if report.subjects == 0 {
            let warning = "! NOTHING WAS READ that this report is about, so it proves nothing";
            let warning = self.paint(AnsiColor::Red.on_default().bold(), warning);
            writeln!(self.out, "\n{warning}")?;
        }
        let titles = report.figures.iter().map(|figure| figure.title.as_str().chars().count());
        let width = titles.max().unwrap_or_default();
        if !report.figures.is_empty() {
            writeln!(self.out)?;
        }
        for figure in &report.figures {
            let value = self.paint(style(figure.value.tone), &clean(&figure.value.value.to_string()));
            let note = figure.note.as_ref().map(|note| format!("  ({})", clean(note.as_str()))).unwrap_or_default();
            writeln!(self.out, "  {:width$}  {value}{}", clean(figure.title.as_str()), self.paint(DIM, &note))?;
        }
        Ok(())
    }

    fn section(&mut self, section: &Section) -> io::Result<()> {
        let title = format!("{} ({})", clean(section.title.as_str()).to_uppercase(), section.rows.len());
        writeln!(self.out, "\n{}", self.paint(BOLD, &title))?;
        if let Some(about) = &section.about {
            writeln!(self.out, "  {}", self.paint(DIM, &clean(about.as_str())))?;
        }
        if section.rows.is_empty() {
            writeln!(self.out, "  {}", clean(section.empty.as_str()))?;
        } else {
            self.rows(section)?;
        }
        for note in &section.notes {
            writeln!(self.out, "  {}", self.paint(DIM, &format!("note: {}", clean(note.as_str()))))?;
        }
        Ok(())
    }

    fn rows(&mut self, section: &Section) -> io::Result<()> {
        let layout = Layout::of(section);
        let mut footnotes = Footnotes::default();
        for (column, value) in &layout.constant {
            let words = clean(&footnotes.words(value, MAX_ELEMENTS)).into_owned();
            let line = format!("{}: {words} in every row", column.title);
            writeln!(self.out, "  {}", self.paint(DIM, &line))?;
        }
        let shown = section.rows.iter().take(MAX_ROWS).map(|row| {
            let last = layout.shown.len().saturating_sub(1);
            let cell = |(at, (position, _)): (usize, &(usize, _))| {
                shown(row.cells.get(*position), if at == last { MAX_LAST } else { MAX_TEXT }, &mut footnotes)
            };
            layout.shown.iter().enumerate().map(cell).collect::<Vec<Shown>>()
        });
        let shown: Vec<Vec<Shown>> = shown.collect();
        let columns: Vec<&Column> = layout.shown.iter().map(|(_, column)| *column).collect();
        self.grid(&columns, &shown)?;
        if section.rows.len() > MAX_ROWS {
            let more = section.rows.len() - MAX_ROWS;
            writeln!(self.out, "  … {}; `--output csv=FILE` has them all", count(more, "more row"))?;
        }
        for (mark, reason) in footnotes.reasons() {
            writeln!(self.out, "  {}", self.paint(DIM, &format!("[{mark}] {}", clean(reason))))?;
        }
        Ok(())
    }

    fn grid(&mut self, columns: &[&Column], rows: &[Vec<Shown>]) -> io::Result<()> {
        let heading = |column: &Column| clean(column.title.as_str()).to_uppercase();
        let width = |(position, column): (usize, &&Column)| {
            let cells = rows.iter().filter_map(|row| row.get(position)).map(|cell| cell.text.chars().count());
            cells.max().unwrap_or_default().max(heading(column).chars().count())
        };
        let widths: Vec<usize> = columns.iter().enumerate().map(width).collect();
        let headings = columns.iter().map(|column| Shown { text: heading(column), tone: Tone::Plain }).collect();
        for row in std::iter::once(&headings).chain(rows) {
            let mut line = String::from(" ");
            for ((cell, column), width) in row.iter().zip(columns).zip(&widths) {
                let padding = " ".repeat(width.saturating_sub(cell.text.chars().count()));
                let text = self.paint(style(cell.tone), &cell.text);
                line.push(' ');
                line.push_str(&if column.is_numeric() { padding + &text } else { text + &padding });
                line.push(' ');
            }
            writeln!(self.out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    fn gaps(&mut self, report: &NamedReport) -> io::Result<()> {
        if report.gaps.is_empty() {
            return Ok(());
        }
        let title = format!("! NOT SCANNED ({})", report.gaps.len());
        writeln!(self.out, "\n{}", self.paint(BOLD, &title))?;
        for gap in report.gaps.iter().take(MAX_ROWS) {
            writeln!(self.out, "  {}: {}", clean(&gap.place), clean(gap.reason.as_str()))?;
        }
        match report.gaps.len().saturating_sub(MAX_ROWS) {
            0 => Ok(()),
            more => writeln!(self.out, "  … {} more", more),
        }
    }
}

fn shown(cell: Option<&Cell>, most: usize, footnotes: &mut Footnotes) -> Shown {
    let Some(cell) = cell else { return Shown { text: String::new(), tone: Tone::Plain } };
    let words = footnotes.words(&cell.value, MAX_ELEMENTS);
    let is_whole = matches!(cell.value, CellValue::Identifier(_));
    let words = if is_whole { words.into() } else { cut(&words, most) };
    Shown { text: clean(&words).into_owned(), tone: cell.tone }
}

/// Colour only repeats what a word in the row already says.
const fn style(tone: Tone) -> Style {
    match tone {
        Tone::Plain => Style::new(),
        Tone::Good => AnsiColor::Green.on_default(),
        Tone::Attention => AnsiColor::Yellow.on_default(),
        Tone::Bad => AnsiColor::Red.on_default(),
    }
}

#[cfg(test)]
mod tests {
    use crate::report::named::testing::{everything, nothing, render};

    #[test]
    fn everything_at_once() {
        insta::assert_snapshot!(render("table", &everything()));
    }

    #[test]
    fn nothing_at_all() {
        insta::assert_snapshot!(render("table", &nothing()));
    }
}
