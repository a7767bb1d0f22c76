//! `dbkeel report scorecard`: the key figures of a fleet, against what the baseline aims at, and how they moved.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::model::{
    Cell, CellValue, Column, ColumnKind, Figure, NamedReport, Number, Point, Row, Section, Tone, Trend,
};
use crate::history::kpi::{By, Kpi, KpiPoint, KpiValue, Scorecard};
use crate::model::{Gap, Text};
use crate::report::text::capital;

/// How far back a trend of one number looks.
const TREND_DAYS: i64 = 30;

/// The figures that stand by group: those that a team can be asked about. All of them are in the JSON.
const BY_GROUP: [(&str, &str); 10] = [
    ("patch_compliance", "Patch level"),
    ("days_behind_p95", "Days behind, p95"),
    ("encryption", "Encryption"),
    ("backup_coverage", "Backups"),
    ("rpo_p95", "Recovery point, p95"),
    ("restore_test_coverage", "Restore tests"),
    ("declared", "Declared"),
    ("drift_rate", "Drift"),
    ("open_findings_critical", "Critical open"),
    ("open_findings_high", "High open"),
];

/// Makes the report; `all_groups` adds every figure of every part of the fleet.
pub fn report(card: &Scorecard, all_groups: bool) -> NamedReport {
    let about = format!(
        "Where the fleet stands after {} runs, against what the baseline aims at; what ended is counted over {} days.",
        card.runs, card.period_days
    );
    let mut report = NamedReport::new("scorecard", "Scorecard", about, Arc::clone(&card.as_of));
    report.judged_by = vec![format!("run {} of the history, by baseline {}", card.run, card.baseline).into()];
    report.subjects = card.databases;
    report.figures = std::iter::once(Figure::new("databases", "Databases that are known", Cell::count(card.databases)))
        .chain(card.kpis.iter().map(figure))
        .collect();
    report.trends = card.kpis.iter().filter(|kpi| kpi.trend.len() > 1).map(trend).collect();
    report.sections = vec![against_targets(card)];
    report.sections.extend(By::ALL.iter().map(|by| by_group(card, *by)));
    report.sections.push(approvers(card));
    report.sections.extend(all_groups.then(|| every_group(card)));
    report.gaps = card
        .gaps
        .iter()
        .map(|gap| Gap { place: gap.place.as_str().into(), reason: gap.reason.clone().into() })
        .collect();
    report
}

fn figure(kpi: &Kpi) -> Figure {
    let figure = Figure::new(kpi.key, kpi.title, cell(kpi, &kpi.value));
    match &kpi.note {
        Some(note) => figure.note(note.clone()),
        None => figure,
    }
}

/// A figure as a cell, as good as its target says.
fn cell(kpi: &Kpi, value: &KpiValue) -> Cell {
    let cell = match value {
        KpiValue::Share { part, whole, .. } => Cell::share(*part, *whole, "nothing was counted"),
        KpiValue::Number { value, .. } => match kpi.unit {
            #[expect(clippy::cast_possible_truncation, reason = "a length of time in seconds")]
            "min" => CellValue::Duration((value * 60.0).round() as i64).into(),
            _ => number(*value, decimals(kpi)).map_or_else(|| Cell::unknown("the number is too large"), Cell::from),
        },
        KpiValue::Unknown(why) => Cell::unknown(why.clone()),
    };
    match met(kpi, value) {
        Some(true) => cell.toned(Tone::Good),
        Some(false) => cell.toned(Tone::Bad),
        None => cell,
    }
}

/// Whether a figure reaches its target; `None` where there is none, or no figure.
fn met(kpi: &Kpi, value: &KpiValue) -> Option<bool> {
    #[expect(clippy::cast_precision_loss, reason = "targets are small")]
    let (target, value) = (kpi.target? as f64, value.number()?);
    Some(if kpi.lower_is_better { value <= target } else { value >= target })
}

/// Counts have no decimals.
fn decimals(kpi: &Kpi) -> u8 {
    u8::from(!kpi.unit.is_empty())
}

fn number(value: f64, decimals: u8) -> Option<CellValue> {
    Number::rounded(value, decimals).map(CellValue::Number)
}

/// One point a day: that of the day's last run.
fn trend(kpi: &Kpi) -> Trend {
    let mut days: BTreeMap<jiff::civil::Date, Option<Number>> = BTreeMap::new();
    for point in &kpi.trend {
        let Ok(at) = jiff::Timestamp::from_second(point.at) else { continue };
        let value = point.value.and_then(|value| Number::rounded(value, 1));
        days.insert(at.to_zoned(TimeZone::UTC).date(), value);
    }
    Trend {
        key: kpi.key.into(),
        label: kpi.title.into(),
        unit: (!kpi.unit.is_empty()).then(|| Text::from(kpi.unit)),
        points: days.into_iter().map(|(date, value)| Point { date, value }).collect(),
        target: kpi.target.map(Number::from),
        lower_is_better: kpi.lower_is_better,
    }
}

fn against_targets(card: &Scorecard) -> Section {
    let columns = vec![
        Column::new("figure", "Figure", ColumnKind::Text),
        Column::new("value", "Now", ColumnKind::Number),
        Column::new("unit", "Unit", ColumnKind::Text),
        Column::new("target", "Target", ColumnKind::Number),
        Column::new("standing", "Stands", ColumnKind::Status),
        Column::new("before", "30 days before", ColumnKind::Number),
        Column::new("moved", "Moved", ColumnKind::Number),
        Column::new("direction", "Which is", ColumnKind::Status),
        Column::new("unknown", "Not known", ColumnKind::Number),
    ];
    let rows = card.kpis.iter().map(|kpi| Row::new(of_kpi(kpi))).collect();
    let mut section = Section::new("figures", "Against what the baseline aims at", columns, "No figure was computed.");
    section.rows = rows;
    section.notes = vec![
        "Percentiles are nearest-rank: each is a number that was measured.".into(),
        "A figure without a target has none in the baseline (`targets`).".into(),
    ];
    section
}

fn of_kpi(kpi: &Kpi) -> Vec<Cell> {
    let standing = match (met(kpi, &kpi.value), kpi.target) {
        (Some(true), _) => Cell::status("on target", Tone::Good),
        (Some(false), _) => Cell::status("off target", Tone::Bad),
        (None, Some(_)) => Cell::status("not known", Tone::Attention),
        (None, None) => Cell::missing("the baseline has no target for it"),
    };
    let (before, moved, direction) = movement(kpi);
    let unknown = match &kpi.value {
        KpiValue::Share { unknown, .. } => Cell::count(*unknown),
        _ => Cell::missing("it is no share"),
    };
    vec![
        Cell::text(kpi.title),
        cell(kpi, &kpi.value),
        Cell::text(kpi.unit),
        kpi.target.map_or_else(|| Cell::missing("the baseline has no target for it"), Cell::integer),
        standing,
        before,
        moved,
        direction,
        unknown,
    ]
}

/// The figure of the last run that is at least 30 days older, and what changed since.
fn movement(kpi: &Kpi) -> (Cell, Cell, Cell) {
    let unknown = |why: &'static str| (Cell::unknown(why), Cell::unknown(why), Cell::unknown(why));
    let Some(last) = kpi.trend.last() else {
        return unknown("only the figure of now is known");
    };
    let is_old = |point: &&KpiPoint| point.at <= last.at - TREND_DAYS * 86_400;
    let Some(before) = kpi.trend.iter().rev().find(is_old) else {
        return unknown("the history does not reach back 30 days");
    };
    let (Some(was), Some(is)) = (before.value, last.value) else {
        return unknown("one of the two runs could not tell");
    };
    let of = |value: f64| number(value, 1).map_or_else(|| Cell::unknown("the number is too large"), Cell::from);
    let direction = match (is - was, kpi.lower_is_better) {
        (moved, _) if moved.abs() < 0.05 => Cell::status("steady", Tone::Plain),
        (moved, lower) if (moved < 0.0) == lower => Cell::status("better", Tone::Good),
        _ => Cell::status("worse", Tone::Bad),
    };
    (of(was), of(is - was), direction)
}

/// The figures that a team can be asked about, a row for each part of the fleet.
fn by_group(card: &Scorecard, by: By) -> Section {
    let wanted: Vec<(&Kpi, &'static str)> = BY_GROUP
        .iter()
        .filter_map(|(key, title)| Some((card.kpis.iter().find(|kpi| kpi.key == *key)?, *title)))
        .collect();
    let mut names: Vec<&Arc<str>> = wanted
        .iter()
        .flat_map(|(kpi, _)| kpi.groups.iter().filter(|group| group.by == by).map(|group| &group.name))
        .collect();
    names.sort();
    names.dedup();
    let title = capital(by.as_str());
    let mut columns = vec![Column::new(by.as_str(), title.clone(), ColumnKind::Text)];
    columns.extend(wanted.iter().map(|(kpi, title)| {
        let kind = if kpi.unit == "%" { ColumnKind::Share } else { ColumnKind::Number };
        let kind = if kpi.unit == "min" { ColumnKind::Duration } else { kind };
        Column::new(kpi.key, *title, kind)
    }));
    let of_kpi = |kpi: &Kpi, name: &Arc<str>| {
        let group = kpi.groups.iter().find(|group| group.by == by && group.name == *name);
        match (group, kpi.unit) {
            (Some(group), _) => cell(kpi, &group.value),
            // Where something was counted, a part that has none of it has none.
            (None, "") if kpi.value.number().is_some() => cell(kpi, &KpiValue::Number { value: 0.0, of: 0 }),
            (None, _) => Cell::missing("nothing of it is counted here"),
        }
    };
    let row = |name: &&Arc<str>| {
        let head = Cell::text(Text::Shared(Arc::clone(name)));
        Row::new(std::iter::once(head).chain(wanted.iter().map(|(kpi, _)| of_kpi(kpi, name))).collect())
    };
    let rows = names.iter().map(row).collect();
    Section::new(format!("by_{by}"), format!("By {by}"), columns, "The history knows no database.").rows(rows)
}

/// Every figure of every part, for programs and spreadsheets.
fn every_group(card: &Scorecard) -> Section {
    let columns = vec![
        Column::new("figure", "Figure", ColumnKind::Text),
        Column::new("by", "By", ColumnKind::Text),
        Column::new("name", "Which", ColumnKind::Text),
        Column::new("value", "Now", ColumnKind::Number),
    ];
    let row = |kpi: &Kpi, group: &crate::history::kpi::Group| {
        Row::new(vec![
            Cell::text(kpi.key),
            Cell::text(group.by.as_str()),
            Cell::text(Text::Shared(Arc::clone(&group.name))),
            cell(kpi, &group.value),
        ])
    };
    let rows = card.kpis.iter().flat_map(|kpi| kpi.groups.iter().map(move |group| row(kpi, group))).collect();
    Section::new("groups", "Every figure by group", columns, "The history knows no database.").rows(rows)
}

fn approvers(card: &Scorecard) -> Section {
    let columns = vec![
        Column::new("approver", "Approver", ColumnKind::Text),
        Column::new("open", "Hold", ColumnKind::Number),
        Column::new("expiring", "End within 30 days", ColumnKind::Number),
        Column::new("expired", "Expired", ColumnKind::Number),
        Column::new("waived", "Findings waived", ColumnKind::Number),
    ];
    let rows = card.approvers.iter().map(|load| {
        let approver = match load.approver.is_empty() {
            true => Cell::unknown("the waivers name no approver"),
            false => Cell::text(Text::Shared(Arc::clone(&load.approver))),
        };
        let expired = Cell::count(load.expired).toned(if load.expired > 0 { Tone::Attention } else { Tone::Plain });
        Row::new(vec![approver, Cell::count(load.open), Cell::count(load.expiring), expired, Cell::count(load.waived)])
    });
    let rows = rows.collect();
    Section::new("approvers", "Waivers by approver", columns, "The last run had no waivers.").rows(rows)
}

#[cfg(test)]
mod tests;
