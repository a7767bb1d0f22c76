//! Canonical named reports for the golden tests of every format: everything at once, and nothing.

use jiff::Timestamp;
use jiff::civil::date;

use super::Format;
use super::model::{
    Cell, CellValue, Column, ColumnKind, Figure, NamedReport, Number, Point, Row, Section, Tone, Trend,
};
use crate::model::{Gap, SourceInfo, SourceKind, Verdict};
use crate::report::ReportOptions;
use crate::report::testing::HOSTILE;

/// Renders with default options.
pub(crate) fn render(format: &str, report: &NamedReport) -> String {
    let mut out = Vec::new();
    format.parse::<Format>().unwrap().write(report, &ReportOptions::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn empty() -> NamedReport {
    NamedReport::new("sample", "Sample report", "What does every format make of it?", "2026-11-22T06:00:00Z".into())
}

/// A report of a run that read nothing that it is about.
pub(crate) fn nothing() -> NamedReport {
    let columns = vec![Column::new("database", "Database", ColumnKind::Identifier)];
    NamedReport { sections: vec![Section::new("databases", "Databases", columns, "No database was read.")], ..empty() }
}

/// Every type of cell, hostile text, gaps, a trend with a hole, a table without rows.
pub(crate) fn everything() -> NamedReport {
    with_text(HOSTILE)
}

/// The same, with a text of one's own in every place that a source may fill.
pub(crate) fn with_text(text: &str) -> NamedReport {
    let mut cells = Section::new("cells", "Every cell", columns(), "").rows(rows(text));
    cells.about = Some("One of each type.".into());
    cells.notes = vec!["Counted from the day of the release (https://example.org/calendar).".into()];
    let open = Section::new("open", "Nothing here", columns(), "No database is open.");
    NamedReport {
        judged_by: vec!["baseline standard".into()],
        sources: vec![SourceInfo {
            path: text.into(),
            kind: SourceKind::Inventory,
            tool_version: None,
            sha256: Some("c".repeat(64).into()),
        }],
        subjects: 3,
        figures: vec![
            Figure::new("databases", "Databases", Cell::count(3)),
            Figure::new("compliant", "On a compliant patch level", Cell::share(1, 2, "").toned(Tone::Bad))
                .note("leaves out 1 not known"),
            Figure::new("rpo", "Worst measured RPO", Cell::unknown(text.to_owned())),
        ],
        trends: vec![Trend {
            key: "compliant".into(),
            label: "Patch compliance".into(),
            unit: Some("%".into()),
            points: vec![
                Point { date: date(2026, 11, 20), value: Some(Number { digits: 973, decimals: 1 }) },
                Point { date: date(2026, 11, 21), value: None },
            ],
            target: Some(Number { digits: 95, decimals: 0 }),
            lower_is_better: false,
        }],
        sections: vec![cells, open],
        gaps: vec![Gap { place: text.to_owned().into(), reason: text.to_owned().into() }],
        ..empty()
    }
}

/// As many rows as asked for.
pub(crate) fn many(count: i64) -> NamedReport {
    let columns = vec![
        Column::new("database", "Database", ColumnKind::Identifier),
        Column::number("behind", "Days behind", "days"),
    ];
    let rows = (0..count).map(|at| Row::new(vec![Cell::identifier(format!("database-{at:06}")), Cell::integer(at)]));
    let section = Section::new("databases", "Databases", columns, "").rows(rows.collect());
    NamedReport { subjects: usize::try_from(count).unwrap(), sections: vec![section], ..empty() }
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("database", "Database", ColumnKind::Identifier),
        Column::new("account", "Account", ColumnKind::Identifier),
        Column::new("resource", "ARN", ColumnKind::Identifier).detail(),
        Column::number("behind", "Behind", "days"),
        Column::new("rpo", "RPO", ColumnKind::Duration),
        Column::new("ends", "Ends", ColumnKind::Date),
        Column::new("window", "Next window", ColumnKind::Instant),
        Column::new("public", "Public", ColumnKind::Flag),
        Column::new("standing", "Stands", ColumnKind::Status),
        Column::new("open_to", "Open to", ColumnKind::List),
        Column::new("verdict", "Verdict", ColumnKind::Verdict),
        Column::new("signed", "Signed", ColumnKind::SignOff),
    ]
}

fn rows(text: &str) -> Vec<Row> {
    let account = || Cell::identifier("111122223333 payments");
    let name = |name: &str| Cell::identifier(name);
    let opens: Timestamp = "2026-11-29T04:00:00Z".parse().unwrap();
    let ranges = ["0.0.0.0/0", "10.0.0.0/8", "192.0.2.0/24", "198.51.100.0/24"];
    let ranges = ranges.map(|range| CellValue::Identifier(range.into()));
    let whole = vec![
        name("orders"),
        account(),
        name("arn:aws:rds:eu-west-1:111122223333:db:orders"),
        Cell::integer(-3),
        CellValue::Duration(252).into(),
        date(2027, 2, 28).into(),
        opens.into(),
        true.into(),
        Cell::status("expired", Tone::Bad),
        Cell::list(ranges),
        Verdict::Fail.into(),
        Cell::blank(),
    ];
    let hostile = vec![
        name(text),
        account(),
        name(text),
        Cell::unknown(text.to_owned()),
        Cell::missing(text.to_owned()),
        Cell::unknown("permission denied: rds:DescribeDBInstances"),
        Cell::text(text.to_owned()),
        false.into(),
        Cell::status(text.to_owned(), Tone::Plain),
        Cell::list([CellValue::Text(text.to_owned().into()), CellValue::Unknown("not collected".into())]),
        Verdict::Unknown.into(),
        Cell::text(text.to_owned()),
    ];
    let sparse = vec![
        name("reports"),
        account(),
        name("arn:aws:rds:eu-west-1:111122223333:db:reports"),
        Cell::unknown("permission denied: rds:DescribeDBInstances"),
        CellValue::Duration(90_000).into(),
        Cell::missing("it is the cluster's, not its members'"),
        opens.into(),
        Cell::missing("it is the cluster's, not its members'"),
        Cell::status("active", Tone::Good),
        Cell::list([]),
        Verdict::Pass.into(),
        Cell::blank(),
    ];
    let account = Some("111122223333".into());
    [whole, hostile, sparse].into_iter().map(|cells| Row::of(account.clone(), cells)).collect()
}
