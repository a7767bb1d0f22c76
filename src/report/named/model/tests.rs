use serde_json::json;

use super::*;

fn value(value: &impl Serialize) -> serde_json::Value {
    serde_json::to_value(value).unwrap()
}

#[test]
fn a_number_is_shown_with_all_its_decimals() {
    let texts = [(1234, 0), (1234, 1), (1230, 1), (5, 2), (-5, 1), (0, 1)]
        .map(|(digits, decimals)| Number { digits, decimals }.to_string());
    assert_eq!(texts, ["1234", "123.4", "123.0", "0.05", "-0.5", "0.0"]);
}

#[test]
fn a_number_that_is_none_is_not_made_up() {
    assert_eq!(Number::rounded(97.25, 1), Some(Number { digits: 973, decimals: 1 }));
    assert_eq!(Number::rounded(f64::NAN, 1), None);
    assert_eq!(Number::rounded(1e300, 1), None);
}

#[test]
fn a_share_of_nothing_is_not_known() {
    assert_eq!(Cell::share(0, 0, "no database was seen"), Cell::unknown("no database was seen"));
    assert_eq!(value(&Cell::share(1, 4, "")), json!({"part": 1, "whole": 4}));
}

#[test]
fn what_is_known_is_plain_json_and_what_is_not_says_why() {
    let cells = [
        (Cell::text("a"), json!("a")),
        (Cell::integer(7), json!(7)),
        (CellValue::Number(Number { digits: 973, decimals: 1 }).into(), json!(97.3)),
        (CellValue::Duration(61).into(), json!(61)),
        ("2026-11-22".parse::<Date>().unwrap().into(), json!("2026-11-22")),
        ("2026-11-22T06:00:00Z".parse::<Timestamp>().unwrap().into(), json!("2026-11-22T06:00:00Z")),
        (true.into(), json!(true)),
        (Verdict::NotApplicable.into(), json!("not_applicable")),
        (Cell::list([CellValue::Flag(true), CellValue::Text("b".into())]), json!([true, "b"])),
        (Cell::unknown("permission denied"), json!({"unknown": "permission denied"})),
        (Cell::missing("it has no parent"), json!({"not_applicable": "it has no parent"})),
        (Cell::blank(), json!(null)),
    ];
    for (cell, expected) in cells {
        assert_eq!(value(&cell), expected);
    }
}

#[test]
fn rows_are_objects_by_the_keys_of_their_columns() {
    let columns =
        vec![Column::new("database", "Database", ColumnKind::Identifier), Column::number("behind", "Behind", "days")];
    let rows = vec![Row::new(vec![Cell::identifier("orders"), Cell::integer(3)])];
    let section = Section::new("databases", "Databases", columns, "no database").rows(rows);
    assert_eq!(value(&section)["rows"], json!([{"database": "orders", "behind": 3}]));
    assert_eq!(
        value(&section)["columns"],
        json!([
            {"key": "database", "title": "Database", "type": "identifier"},
            {"key": "behind", "title": "Behind", "type": "number", "unit": "days"},
        ])
    );
}

#[test]
fn a_day_without_a_figure_is_a_hole_in_the_trend() {
    let points = [(1, Some(Number { digits: 973, decimals: 1 })), (2, None)]
        .map(|(day, value)| Point { date: jiff::civil::date(2026, 11, day), value });
    assert_eq!(value(&points), json!([{"date": "2026-11-01", "value": 97.3}, {"date": "2026-11-02", "value": null}]));
}

#[test]
fn a_length_of_time_is_told_in_its_two_largest_units() {
    let lengths = [0, 59, 60, 252, 3_600, 7_260, 90_000, 2_678_400, -61].map(length);
    assert_eq!(lengths, ["0 s", "59 s", "1 min", "4 min 12 s", "1 h", "2 h 1 min", "1 d 1 h", "31 d", "-1 min 1 s"]);
}

#[test]
fn a_hundred_percent_is_all_and_none_is_none() {
    let shares =
        [(0, 9), (1, 9), (9, 9), (9_999, 10_000), (1, 10_000), (0, 0)].map(|(part, whole)| percent(part, whole));
    assert_eq!(shares, ["0%", "11.1%", "100%", "99.9%", "<0.1%", "-"]);
}
