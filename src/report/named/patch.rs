//! `dbkeel report patch`: how far each database is behind its newest minor version, what waits for it, and how long its
//! major version is still supported.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::Value as Json;

use super::model::{Cell, CellValue, Column, ColumnKind, Figure, NamedReport, Row, Section, Tone};
use super::subject::{self, Of, Subject, Tally, day, days_between};
use crate::drift::opens_next;
use crate::facts::catalogue::{
    AUTO_MINOR_VERSION_UPGRADE, ENGINE, ENGINE_MAJOR_VERSION, ENGINE_SUPPORT_END, ENGINE_VERSION,
    MAINTENANCE_FORCED_AT, MAINTENANCE_WINDOW, PENDING_MAINTENANCE,
};
use crate::model::{FactState, Kind, Text, Verdict};

pub(crate) mod version;

/// The rule that tells whether a minor version is recent enough.
const LEVEL: &str = "newest_minor_version";
const SUPPORT: &str = "engine_standard_support";
const OVERDUE: &str = "no_overdue_maintenance";

/// Makes the report.
pub fn report(subject: &Subject<'_>) -> NamedReport {
    let mut report = subject.report(
        "patch",
        "Patch report",
        "Which databases are behind their newest minor version, what maintenance waits for them, and how long their major \
         versions are supported.",
    );
    report.subjects = subject.databases().count();
    let maintained = [Kind::Instance, Kind::Cluster, Kind::ClusterMember];
    let level = Tally::of(subject.databases(), LEVEL);
    let support = Tally::of(subject.databases(), SUPPORT);
    let waiting = subject.of_kinds(&maintained).filter(|of| waits(of) == Some(true)).count();
    let untold = subject.of_kinds(&maintained).filter(|of| waits(of).is_none()).count();
    report.figures = vec![
        Figure::new("databases", "Databases", Cell::count(subject.databases().count())),
        level.figure("patch_compliance", "On a compliant patch level"),
        support.figure("in_support", "In standard support for long enough"),
        pending_figure(waiting, untold, subject.of_kinds(&maintained).count()),
    ];
    report.sections = vec![levels(subject), by(subject, "tier", "Tier"), by(subject, "owner", "Owner")];
    report.sections.extend([maintenance(subject, &maintained), supports(subject)]);
    report
}

fn pending_figure(waiting: usize, untold: usize, of: usize) -> Figure {
    let value = match (waiting, untold) {
        (0, untold) if untold == of => Cell::unknown("only what runs tells, and its pending maintenance was not read"),
        _ => Cell::count(waiting),
    };
    let figure = Figure::new("pending", "Have maintenance waiting", value);
    if untold > 0 && untold < of { figure.note(format!("of {untold} it is not known")) } else { figure }
}

/// Whether maintenance waits for it; `None` when that is not known.
fn waits(of: &Of<'_>) -> Option<bool> {
    match of.state(PENDING_MAINTENANCE) {
        FactState::Known(actions) => Some(actions.as_list().is_some_and(|actions| !actions.is_empty())),
        FactState::Partial(actions, _) if actions.as_list().is_some_and(|actions| !actions.is_empty()) => Some(true),
        FactState::Missing(_) => Some(false),
        FactState::Partial(..) | FactState::Unknown(_) => None,
    }
}

// ---- the level of each database

fn levels(subject: &Subject<'_>) -> Section {
    let mut columns = subject::columns();
    columns.extend([
        Column::new("engine", "Engine", ColumnKind::Text),
        Column::new("running", "Version", ColumnKind::Text),
        Column::new("newest_minor", "Newest", ColumnKind::Text),
        Column::new("newest_minor_released", "Released", ColumnKind::Date),
        Column::number("days_behind", "Days behind", "days"),
        Column::number("days_allowed", "Allowed", "days"),
        Column::new("verdict", "Verdict", ColumnKind::Verdict),
    ]);
    let mut rows: Vec<_> = subject.databases().map(|of| level(subject, &of)).collect();
    rows.sort_by_key(|(order, _)| *order);
    let mut section = Section::new("levels", "Patch level", columns, "No database was read.");
    section.rows = rows.into_iter().map(|(_, row)| row).collect();
    section = subject.seen(&[Kind::Instance, Kind::Cluster], section);
    section.notes.extend([
        "Days behind are counted from the day on which the newest minor version came out; of one that runs the newest, 0."
            .into(),
        calendar_note(subject),
    ]);
    section
}

/// Where the table of versions is from.
fn calendar_note(subject: &Subject<'_>) -> Text {
    let engines = subject.baseline().engines_from();
    let text = format!(
        "Versions and ends of support are those of {} as of {}, which cites the provider's release calendars; a baseline may \
         add its own.",
        engines.0, engines.1
    );
    text.into()
}

/// A row and its place in the order: what fails first, then what is furthest behind.
fn level(subject: &Subject<'_>, of: &Of<'_>) -> ((u8, Reverse<i64>), Row) {
    let lifecycle = lifecycle(subject, of);
    let behind = behind(subject, of, lifecycle);
    let order = match of.judged(LEVEL) {
        Some(Verdict::Fail) => 0,
        Some(Verdict::Error | Verdict::Unknown) => 1,
        Some(Verdict::Waived) => 2,
        Some(Verdict::Pass) => 3,
        _ => 4,
    };
    let days = match behind.value {
        CellValue::Number(number) => number.digits,
        _ => -1,
    };
    let none = || of_calendar(of);
    let released = lifecycle.and_then(|of| date(of, "newest_minor_released"));
    let mut cells = of.head();
    cells.extend([
        of.fact(ENGINE),
        of.fact(ENGINE_VERSION),
        lifecycle.and_then(|of| text(of, "newest_minor")).map_or_else(none, |text| Cell::text(text.to_owned())),
        released.map_or_else(none, Cell::from),
        behind,
        of.asked("max_minor_version_age_days"),
        of.verdict(LEVEL),
    ]);
    ((order, Reverse(days)), of.row(cells))
}

/// What is known of the major version of a database.
fn lifecycle<'a>(subject: &'a Subject<'_>, of: &Of<'_>) -> Option<&'a Json> {
    subject.baseline().engines().get(of.text(ENGINE)?)?.get(of.text(ENGINE_MAJOR_VERSION)?)
}

fn text<'a>(lifecycle: &'a Json, key: &str) -> Option<&'a str> {
    lifecycle.get(key)?.as_str()
}

fn date(lifecycle: &Json, key: &str) -> Option<Date> {
    text(lifecycle, key)?.parse().ok()
}

/// Why the table of versions says nothing of a database.
fn of_calendar(of: &Of<'_>) -> Cell {
    match (of.text(ENGINE), of.text(ENGINE_MAJOR_VERSION)) {
        (Some(engine), Some(major)) => Cell::unknown(format!("no release calendar is known of {engine} {major}")),
        (None, _) => of.why_not(ENGINE),
        (_, None) => of.why_not(ENGINE_MAJOR_VERSION),
    }
}

/// For how many days a newer minor version has been there.
fn behind(subject: &Subject<'_>, of: &Of<'_>, lifecycle: Option<&Json>) -> Cell {
    let Some(running) = of.text(ENGINE_VERSION) else { return of.why_not(ENGINE_VERSION) };
    let Some(newest) = lifecycle.and_then(|of| text(of, "newest_minor")) else { return of_calendar(of) };
    let major = of.text(ENGINE_MAJOR_VERSION).unwrap_or_default();
    if !version::says_minor(running, major, newest) {
        return Cell::unknown(format!("`{running}` does not say which minor version it is"));
    }
    if !version::is_older(running, newest) {
        return Cell::integer(0);
    }
    let released = lifecycle.and_then(|of| date(of, "newest_minor_released"));
    let days = released.and_then(|released| days_between(released, subject.today()));
    days.map_or_else(|| Cell::unknown(format!("it is not known when {newest} came out")), Cell::integer)
}

// ---- the same, counted

/// The shares by tier or by owner.
fn by(subject: &Subject<'_>, key: &'static str, title: &'static str) -> Section {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for of in subject.databases() {
        let group = if key == "tier" { of.tier_name() } else { of.owner() };
        let group = match group.value {
            CellValue::Text(text) => text.to_string(),
            CellValue::Unknown(_) => "(not known)".to_owned(),
            _ => "(none)".to_owned(),
        };
        tallies.entry(group).or_default().add(of.judged(LEVEL));
    }
    let columns = vec![
        Column::new(key, title, ColumnKind::Text),
        Column::new("compliant", "Compliant", ColumnKind::Share),
        Column::new("behind", "Not compliant", ColumnKind::Number),
        Column::new("not_known", "Not known", ColumnKind::Number),
        Column::new("not_applicable", "Not applicable", ColumnKind::Number),
    ];
    let row = |(group, tally): (String, Tally)| {
        Row::new(vec![
            Cell::text(group),
            tally.share(),
            Cell::count(tally.fail),
            Cell::count(tally.unknown),
            Cell::count(tally.not_applicable),
        ])
    };
    let rows = tallies.into_iter().map(row).collect();
    Section::new(format!("by_{key}"), format!("Patch level by {key}"), columns, "No database was read.").rows(rows)
}

// ---- what waits

fn maintenance(subject: &Subject<'_>, kinds: &[Kind]) -> Section {
    let columns = vec![
        Column::new("database", "Database", ColumnKind::Identifier),
        Column::new("resource", "Resource", ColumnKind::Identifier).detail(),
        Column::new("account", "Account", ColumnKind::Identifier),
        Column::new("region", "Region", ColumnKind::Identifier),
        Column::new("kind", "Kind", ColumnKind::Text).detail(),
        Column::new("pending", "Waits", ColumnKind::List),
        Column::new("forced_at", "Forced at", ColumnKind::Instant),
        Column::number("days_left", "Days left", "days"),
        Column::new("window", "Window (UTC)", ColumnKind::Text),
        Column::new("next_window", "Next window", ColumnKind::Instant),
        Column::new("auto_minor_upgrades", "Auto minor upgrades", ColumnKind::Flag),
        Column::new("verdict", "Verdict", ColumnKind::Verdict),
    ];
    let waiting_for = subject.of_kinds(kinds).filter(|of| waits(of) == Some(true));
    let mut rows: Vec<_> = waiting_for
        .map(|of| (of.at(MAINTENANCE_FORCED_AT).map_or((1, None), |at| (0, Some(at))), waiting(subject, &of)))
        .collect();
    rows.sort_by_key(|(order, _)| *order);
    let mut not_known: BTreeMap<String, usize> = BTreeMap::new();
    let mut idle = 0_usize;
    for of in subject.of_kinds(kinds) {
        match waits(&of) {
            Some(true) => {}
            Some(false) => idle += 1,
            None => *not_known.entry(of.why_not(PENDING_MAINTENANCE).value.to_string()).or_default() += 1,
        }
    }
    let nothing = match not_known.is_empty() {
        true => "No maintenance waits for anything that was read.",
        false => "Not known: see the note.",
    };
    let mut section = Section::new("maintenance", "Pending maintenance", columns, nothing);
    section.rows = rows.into_iter().map(|(_, row)| row).collect();
    section.notes.extend((idle > 0).then(|| format!("Left out: {idle} for which no maintenance waits.").into()));
    section.notes.extend(not_known.into_iter().map(|(why, count)| Text::from(format!("Left out: {count}, {why}."))));
    section
}

fn waiting(subject: &Subject<'_>, of: &Of<'_>) -> Row {
    let days = of.at(MAINTENANCE_FORCED_AT).and_then(|at| days_between(subject.today(), day(at)));
    let next = of.text(MAINTENANCE_WINDOW).and_then(|window| opens_next(window, subject.now()));
    of.row(vec![
        of.name(),
        of.id(),
        of.account(),
        of.region(),
        Cell::text(of.resource.kind.as_str()),
        of.fact(PENDING_MAINTENANCE).toned(Tone::Attention),
        of.instant(MAINTENANCE_FORCED_AT),
        days.map_or_else(|| of.why_not(MAINTENANCE_FORCED_AT), Cell::integer),
        of.fact(MAINTENANCE_WINDOW),
        next.map_or_else(|| of.why_not(MAINTENANCE_WINDOW), Cell::from),
        of.fact(AUTO_MINOR_VERSION_UPGRADE),
        of.verdict(OVERDUE),
    ])
}

// ---- ends of support

fn supports(subject: &Subject<'_>) -> Section {
    let columns = vec![
        Column::new("engine", "Engine", ColumnKind::Text),
        Column::new("major_version", "Major version", ColumnKind::Text),
        Column::new("databases", "Databases", ColumnKind::Number),
        Column::new("standard_support_ends", "Standard support ends", ColumnKind::Date),
        Column::number("days_left", "Days left", "days"),
        Column::new("extended_support_ends", "Extended support ends", ColumnKind::Date),
        Column::new("provider_says", "By the provider", ColumnKind::Date),
        Column::new("fails", "Fail the rule", ColumnKind::Number),
    ];
    let mut groups: BTreeMap<(Cell, Cell), Vec<Of<'_>>> = BTreeMap::new();
    for of in subject.databases() {
        groups.entry((of.fact(ENGINE), of.fact(ENGINE_MAJOR_VERSION))).or_default().push(of);
    }
    let mut rows: Vec<_> = groups.into_iter().filter_map(|(group, of)| support(subject, group, &of)).collect();
    rows.sort_by_key(|(order, _)| *order);
    let mut section = Section::new("support", "Ends of support", columns, "No database was read.");
    section.rows = rows.into_iter().map(|(_, row)| row).collect();
    section.notes = vec![calendar_note(subject)];
    section
}

fn support(subject: &Subject<'_>, (engine, major): (Cell, Cell), all: &[Of<'_>]) -> Option<((u8, Option<Date>), Row)> {
    let first = all.first()?;
    let lifecycle = lifecycle(subject, first);
    let ends = lifecycle.and_then(|of| date(of, "standard_support_ends"));
    let extended = lifecycle.and_then(|of| date(of, "extended_support_ends"));
    let none = |what: &str| match lifecycle {
        Some(of) if of.get("ended").is_some() => Cell::unknown(format!("{what} is over since a day that is not known")),
        Some(_) => Cell::unknown(format!("the provider has announced no end of {what}")),
        None => of_calendar(first),
    };
    let days = ends.and_then(|ends| days_between(subject.today(), ends));
    let told = all.iter().find_map(|of| of.at(ENGINE_SUPPORT_END)).map(day);
    let fails = all.iter().filter(|of| of.judged(SUPPORT) == Some(Verdict::Fail)).count();
    let tone = match days {
        Some(days) if days < 0 => Tone::Bad,
        _ if fails > 0 => Tone::Attention,
        _ => Tone::Plain,
    };
    let cells = vec![
        engine,
        major,
        Cell::count(all.len()),
        ends.map_or_else(|| none("standard support"), Cell::from).toned(tone),
        days.map_or_else(|| none("standard support"), Cell::integer),
        extended.map_or_else(|| none("extended support"), Cell::from),
        told.map_or_else(|| first.why_not(ENGINE_SUPPORT_END), Cell::from),
        Cell::count(fails),
    ];
    Some(((u8::from(ends.is_none()), ends), Row::new(cells)))
}
