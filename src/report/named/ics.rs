//! The calendar as iCalendar (RFC 5545): an all-day event for each thing that comes due.
//!
//! The identity of an event does not depend on its day, and its stamp is the instant of the report: a calendar that reads the
//! file again moves what has moved.

use std::io::{self, Write};

use jiff::Timestamp;
use jiff::civil::Date;

use super::Render;
use super::calendar::ENTRIES;
use super::model::{CellValue, NamedReport, Row, Section};
use crate::report::ReportOptions;
use crate::report::text::clean;

/// The format.
pub(super) struct Ics;

/// The most octets of a line, without its line break (section 3.1).
const MAX_LINE: usize = 75;

/// How many resources the description of an event names.
const MAX_NAMED: usize = 50;

impl Render for Ics {
    fn write(&self, report: &NamedReport, _: &ReportOptions, out: &mut dyn Write) -> io::Result<()> {
        let stamp = stamp(&report.as_of);
        let name = escape(report.title.as_str());
        let head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//dbkeel//calendar//EN", "CALSCALE:GREGORIAN"];
        for text in head {
            line(text, out)?;
        }
        line("METHOD:PUBLISH", out)?;
        // RFC 7986 section 5.1, and the name under which older calendars know it.
        line(&format!("NAME:dbkeel: {name}"), out)?;
        line(&format!("X-WR-CALNAME:dbkeel: {name}"), out)?;
        for section in report.sections.iter().filter(|section| section.key.as_str() == ENTRIES) {
            for row in &section.rows {
                event(&Entry { section, row }, &stamp, out)?;
            }
        }
        line("END:VCALENDAR", out)
    }
}

/// A row of the calendar, read by the keys of its columns.
struct Entry<'a> {
    section: &'a Section,
    row: &'a Row,
}

impl Entry<'_> {
    fn value(&self, key: &str) -> Option<&CellValue> {
        let at = self.section.columns.iter().position(|column| column.key.as_str() == key)?;
        Some(&self.row.cells.get(at)?.value)
    }

    /// The words of a cell that has some.
    fn words(&self, key: &str) -> Option<String> {
        match self.value(key)? {
            CellValue::Unknown(_) | CellValue::Missing(_) | CellValue::Blank => None,
            value => Some(value.to_string()).filter(|text| !text.is_empty()),
        }
    }

    fn date(&self) -> Option<Date> {
        match self.value("date")? {
            CellValue::Date(date) => Some(*date),
            _ => None,
        }
    }
}

fn event(entry: &Entry<'_>, stamp: &str, out: &mut dyn Write) -> io::Result<()> {
    let (Some(date), Some(uid)) = (entry.date(), entry.words("uid")) else { return Ok(()) };
    let words = |key: &str| entry.words(key).unwrap_or_default();
    let (what, about, then) = (words("event"), words("about"), words("detail"));
    line("BEGIN:VEVENT", out)?;
    line(&format!("UID:{uid}"), out)?;
    line(&format!("DTSTAMP:{stamp}"), out)?;
    line(&format!("LAST-MODIFIED:{stamp}"), out)?;
    // Without an end, an event with a day for its start lasts that day (section 3.6.1).
    line(&format!("DTSTART;VALUE=DATE:{}", date.strftime("%Y%m%d")), out)?;
    line(&format!("SUMMARY:{}", escape(&format!("{about}: {then}"))), out)?;
    line(&format!("DESCRIPTION:{}", description(entry)), out)?;
    line(&format!("CATEGORIES:{}", escape(&what)), out)?;
    // It takes nobody's time.
    line("TRANSP:TRANSPARENT", out)?;
    line("END:VEVENT", out)
}

/// What there is to know, a line each (an escaped `n` breaks a line, section 3.3.11).
fn description(entry: &Entry<'_>) -> String {
    let mut lines = Vec::new();
    for (key, title) in [("event", "What"), ("account", "Account"), ("owner", "Owner")] {
        lines.extend(entry.words(key).map(|words| format!("{title}: {words}")));
    }
    if let Some(CellValue::List(resources)) = entry.value("resources") {
        lines.extend(resources.iter().take(MAX_NAMED).map(ToString::to_string));
        if resources.len() > MAX_NAMED {
            lines.push(format!("and {} more", resources.len() - MAX_NAMED));
        }
    }
    lines.iter().map(|line| escape(line)).collect::<Vec<_>>().join("\\n")
}

/// An instant in UTC (section 3.3.5, form 2).
fn stamp(as_of: &str) -> String {
    let instant: Timestamp = as_of.parse().unwrap_or(Timestamp::UNIX_EPOCH);
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Text as a value (section 3.3.11); of what is no character to show, its code.
fn escape(text: &str) -> String {
    let text = clean(text);
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if matches!(character, '\\' | ';' | ',') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// Writes a line, folded between characters so that no part of it is longer than [`MAX_LINE`].
fn line(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut width = 0;
    for character in text.chars() {
        if width + character.len_utf8() > MAX_LINE {
            out.write_all(b"\r\n ")?;
            width = 1;
        }
        let mut bytes = [0; 4];
        out.write_all(character.encode_utf8(&mut bytes).as_bytes())?;
        width += character.len_utf8();
    }
    out.write_all(b"\r\n")
}

#[cfg(test)]
mod tests;
