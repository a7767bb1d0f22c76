use icalendar::{Calendar, CalendarComponent, Component as _};
use jiff::civil::date;
use proptest::prelude::*;

use crate::report::named::calendar::ENTRIES;
use crate::report::named::model::{Cell, CellValue, Column, ColumnKind, NamedReport, Row, Section};
use crate::report::named::testing::render;
use crate::report::testing::HOSTILE;

const COLUMNS: [(&str, ColumnKind); 7] = [
    ("date", ColumnKind::Date),
    ("event", ColumnKind::Status),
    ("about", ColumnKind::Identifier),
    ("account", ColumnKind::Identifier),
    ("detail", ColumnKind::Text),
    ("resources", ColumnKind::List),
    ("uid", ColumnKind::Identifier),
];

/// A calendar of one entry with a text of one's own in every place that a source may fill.
fn with_text(text: &str) -> NamedReport {
    let columns = COLUMNS.map(|(key, kind)| Column::new(key, key, kind)).to_vec();
    let row = Row::new(vec![
        date(2027, 2, 28).into(),
        Cell::text("certificate"),
        Cell::identifier(text),
        Cell::missing("of no account"),
        Cell::text(text.to_owned()),
        Cell::list([CellValue::Identifier(text.into())]),
        Cell::identifier("0123456789abcdef@dbkeel"),
    ]);
    let section = Section::new(ENTRIES, "What comes due", columns, "").rows(vec![row]);
    let report = NamedReport::new("calendar", "Calendar", "What comes due?", "2026-11-22T06:00:00Z".into());
    NamedReport { sections: vec![section], ..report }
}

fn event(report: &NamedReport) -> icalendar::Event {
    let calendar: Calendar = render("ics", report).parse().unwrap();
    let [CalendarComponent::Event(event)] = calendar.components.as_slice() else { panic!("{calendar:?}") };
    event.clone()
}

#[test]
fn a_hostile_entry_is_one_event() {
    insta::assert_snapshot!(render("ics", &with_text(HOSTILE)).replace("\r\n", "\n"));
}

#[test]
fn another_reader_reads_what_was_written() {
    let event = event(&with_text("orders; the first, and \\ last"));
    assert_eq!(event.get_summary(), Some("orders; the first, and \\ last: orders; the first, and \\ last"));
    assert_eq!(event.get_description(), Some("What: certificate\norders; the first, and \\ last"));
    assert_eq!(event.get_uid(), Some("0123456789abcdef@dbkeel"));
    assert_eq!(event.property_value("DTSTART"), Some("20270228"));
    assert_eq!(event.property_value("DTSTAMP"), Some("20261122T060000Z"));
}

#[test]
fn an_entry_without_a_day_is_left_out() {
    let mut report = with_text("orders");
    report.sections[0].rows[0].cells[0] = Cell::unknown("permission denied");
    assert!(!render("ics", &report).contains("VEVENT"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn lines_are_short_and_no_text_breaks_out(text in prop_oneof![any::<String>(), "[a-zä€\u{1f512}\\\\;,:\n\r]{0,300}"]) {
        let calendar = render("ics", &with_text(&text));
        prop_assert!(calendar.ends_with("\r\n"));
        let lines: Vec<&str> = calendar.split_terminator("\r\n").collect();
        prop_assert!(lines.iter().all(|line| line.len() <= 75 && !line.contains(|c: char| c.is_control())), "{calendar}");
        // What a reader gets once it has joined folded lines.
        let unfolded = calendar.replace("\r\n ", "");
        prop_assert_eq!(unfolded.lines().filter(|line| line.starts_with("BEGIN:")).count(), 2);
        prop_assert_eq!(unfolded.lines().count(), 18);
    }
}
