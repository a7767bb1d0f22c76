//! What holds for every format of named reports, whatever a source puts into names, tags and reasons.

use proptest::prelude::*;

use super::Format;
use super::testing::{everything, render, with_text};
use crate::report::testing::HOSTILE;

fn hostile_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[=+@\\-\t\r\n\"',;|<>&`\\[\\](){}\\\\#:/!]{0,40}",
        Just(HOSTILE.to_owned()),
        Just("\u{1b}]0;title\u{7}\u{9b}31m\u{fffe}\u{0}END:VCALENDAR\r\nBEGIN:VALARM".to_owned()),
        Just("x".repeat(10_000)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_breaks_out_of_a_format(text in hostile_text()) {
        let report = with_text(&text);
        let json: Result<serde_json::Value, _> = serde_json::from_str(&render("json", &report));
        let json = json.map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(&json["sections"][0]["rows"][1]["resource"], &text);
        let csv = render("csv", &report);
        let rows: Result<Vec<_>, _> = csv::Reader::from_reader(csv.as_bytes()).into_records().collect();
        // Three figures, two points of the trend, three rows, a gap.
        prop_assert_eq!(rows.map(|rows| rows.len()).ok(), Some(9));
        prop_assert_eq!(csv.lines().count(), 10);
    }

    #[test]
    fn no_text_steers_a_terminal_or_a_viewer(text in hostile_text()) {
        let report = with_text(&text);
        let plain = with_text("plain");
        for format in ["table", "csv", "markdown"] {
            let lines = render(format, &report);
            let steers = |line: &str| line.contains(|c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
            prop_assert!(!lines.lines().any(steers), "{format}: {lines:?}");
            prop_assert!(format == "table" || lines.lines().count() == render(format, &plain).lines().count(), "{format}");
        }
    }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    for format in Format::ALL.iter().filter(|format| format.shows("sample")) {
        assert_eq!(render(format.name(), &everything()), render(format.name(), &everything()), "{format:?}");
    }
}

#[test]
fn what_is_not_known_is_never_an_empty_cell() {
    for format in Format::ALL.iter().filter(|format| format.shows("sample")) {
        assert!(
            render(format.name(), &everything()).contains("permission denied: rds:DescribeDBInstances"),
            "{format:?}"
        );
    }
}
