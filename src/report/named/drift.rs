//! `dbkeel report drift`: what differs between what is declared and what runs, or between two inventories.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::model::{Cell, CellValue, Column, ColumnKind, Figure, NamedReport, Row, Section, Tone};
use crate::model::{Comparison, CoverageRow, Drift, DriftClass, IgnoreUse, Results, Text, Value};
use crate::report::drift::{Effect, Parts, coming, label, moved, odd_ignores, place_of};

/// Makes the report of a run that compared.
pub fn report(results: &Results) -> NamedReport {
    let run = &results.run;
    let mut report = NamedReport::new(
        "drift",
        "Drift report",
        "What runs otherwise than it was declared, or than it was, and which rules it fails by that.",
        Arc::clone(&run.as_of),
    );
    let digest = run.baseline_sha256.get(..12).unwrap_or_default();
    report.judged_by = vec![format!("judged by baseline {} ({digest})", run.baseline).into()];
    report.sources.clone_from(&results.sources);
    report.gaps.clone_from(&results.gaps);
    let Some(comparison) = &results.drift.comparison else { return report };
    report.subjects = comparison.joined;
    report.figures = figures(results, comparison);
    report.sections = vec![drifts(results), unverifiable(results), coverage(results, comparison), ignores(comparison)];
    report
}

fn figures(results: &Results, comparison: &Comparison) -> Vec<Figure> {
    let drifts = &results.drift.drifts;
    let worse = drifts.iter().filter(|drift| drift.severity().is_some()).count();
    let drifted: BTreeSet<&str> =
        drifts.iter().filter(|drift| drift.class.can_fail()).map(|drift| &*drift.resource.id).collect();
    let nothing = "no resource is on both sides, so nothing was compared";
    let bad = |count: usize, tone| Cell::count(count).toned(if count > 0 { tone } else { Tone::Plain });
    let mut figures = vec![
        Figure::new("declared", "Resources declared, or earlier", Cell::count(comparison.declared)),
        Figure::new("running", "Resources that run, or later", Cell::count(comparison.running)),
        Figure::new("joined", "On both sides", Cell::count(comparison.joined)),
        Figure::new("compared", "Facts compared", Cell::count(comparison.compared)),
    ];
    if comparison.is_apart() {
        figures.push(Figure::new("drifted", "Resources that drifted", Cell::unknown(nothing)));
        return figures;
    }
    figures.push(Figure::new("drifted", "Resources that drifted", bad(drifted.len(), Tone::Attention)));
    figures.push(Figure::new("worse", "Drifts that make a rule fail", bad(worse, Tone::Bad)));
    figures.extend(DriftClass::ALL.iter().map(|class| {
        let title = crate::report::text::capital(class.as_str());
        Figure::new(class.as_str(), title, Cell::count(results.drift.count(*class))).note(class.meaning())
    }));
    figures.push(Figure::new("ignored", "Left out by ignore rules", Cell::count(comparison.ignored())));
    figures
}

fn drifts(results: &Results) -> Section {
    let columns = vec![
        Column::new("database", "Resource", ColumnKind::Identifier),
        Column::new("resource", "Running resource", ColumnKind::Identifier).detail(),
        Column::new("account", "Account", ColumnKind::Identifier),
        Column::new("region", "Region", ColumnKind::Identifier),
        Column::new("tier", "Tier", ColumnKind::Text),
        Column::new("class", "Drift", ColumnKind::Status),
        Column::new("of", "Of", ColumnKind::Text),
        Column::new("declared", "Declared", ColumnKind::Text),
        Column::new("running", "Runs with", ColumnKind::Text),
        Column::new("recorded", "Recorded", ColumnKind::Text).detail(),
        Column::new("coming", "To come", ColumnKind::Text).detail(),
        Column::new("moved", "Moved by", ColumnKind::Text).detail(),
        Column::new("effect", "Effect", ColumnKind::Status),
        Column::new("severity", "Severity", ColumnKind::Status),
        Column::new("rules", "Fails", ColumnKind::List),
        Column::new("place", "Place", ColumnKind::Identifier).detail(),
        Column::new("reason", "Because", ColumnKind::Text).detail(),
    ];
    // In the order of the run: what matters most first.
    let told = results.drift.drifts.iter().filter(|drift| drift.class != DriftClass::Unverifiable);
    let mut section = Section::new("drifts", "Drifts", columns, "Every fact that was compared agrees.");
    section.rows = told.map(drift_row).collect();
    section.notes = vec!["Worse is a drift that makes a rule fail; cosmetic is one that changes no verdict.".into()];
    section
}

fn drift_row(drift: &Drift) -> Row {
    let place = |text: &Option<Arc<str>>, what: &str| {
        text.as_ref()
            .map_or_else(|| Cell::unknown(format!("the {what} is not told")), |text| Cell::identifier(text.clone()))
    };
    let side = |value: &Option<Value>| match value {
        Some(value) => Cell::text(value.to_string()),
        None => Cell::missing("no value on this side"),
    };
    let optional = |text: Option<String>| Cell::text(text.unwrap_or_default());
    let location = drift.location();
    let line = location.region.map(|region| format!(":{}", region.start_line)).unwrap_or_default();
    let effect = match Effect::of(drift) {
        Some(Effect::Worse) => Cell::status("worse", Tone::Bad),
        Some(effect) => Cell::status(effect.as_str(), Tone::Plain),
        None => Cell::missing("it has no two values, or was not judged"),
    };
    let severity = drift.severity();
    let fails = drift.effects.iter().filter(|effect| effect.is_worse());
    let tone = if drift.class.can_fail() { Tone::Attention } else { Tone::Plain };
    let resource = &drift.resource;
    let cells = vec![
        Cell::identifier(Arc::clone(&resource.id)),
        resource.running_id.as_ref().map_or_else(
            || Cell::missing("nothing runs for it, or it is not known which"),
            |id| Cell::identifier(Arc::clone(id)),
        ),
        place(&resource.scope.account, "account"),
        place(&resource.scope.region, "region"),
        if resource.tier.is_empty() { Cell::text("") } else { Cell::text(Text::Shared(Arc::clone(&resource.tier))) },
        Cell::status(drift.class.as_str(), tone),
        Cell::text(drift.subject.to_string()),
        side(&drift.declared),
        side(&drift.running),
        optional(drift.recorded.as_ref().map(ToString::to_string)),
        optional(coming(drift, true)),
        optional(moved(drift)),
        effect,
        severity.map_or_else(
            || Cell::missing("it makes no rule fail"),
            |severity| Cell::status(severity.as_str(), Tone::Bad),
        ),
        Cell::list(fails.map(|effect| CellValue::Identifier(Arc::clone(&effect.rule)))),
        Cell::identifier(format!("{}{line}", location.file)),
        optional(drift.reason.as_ref().map(ToString::to_string)),
    ];
    Row::of(resource.scope.account.clone(), cells)
}

fn unverifiable(results: &Results) -> Section {
    let columns = vec![
        Column::new("reason", "Because", ColumnKind::Text),
        Column::new("drifts", "Comparisons", ColumnKind::Number),
        Column::new("what", "What", ColumnKind::Text),
    ];
    let parts = Parts::of(&results.drift.drifts);
    let rows = parts.unverifiable.iter().map(|unseen| {
        Row::new(vec![Cell::text(unseen.reason.to_owned()), Cell::count(unseen.drifts), Cell::text(unseen.what())])
    });
    let none = "Everything that is declared could be compared.";
    Section::new("unverifiable", "What could not be compared", columns, none).rows(rows.collect())
}

fn coverage(results: &Results, comparison: &Comparison) -> Section {
    let columns = vec![
        Column::new("of", "Of", ColumnKind::Text),
        Column::new("declared", "Databases that something declares", ColumnKind::Share),
        Column::new("approved", "From an approved module", ColumnKind::Share),
    ];
    let row = |row: &CoverageRow| {
        let approved = row.approved.map(|approved| Cell::share(approved, row.running, "nothing runs"));
        Row::new(vec![
            Cell::text(label(results, row)),
            Cell::share(row.declared, row.running, "nothing runs"),
            approved.unwrap_or_else(|| Cell::unknown("no source of modules is known")),
        ])
    };
    let none = "What is declared was not compared with what runs.";
    Section::new("coverage", "Coverage", columns, none).rows(comparison.coverage.iter().map(row).collect())
}

fn ignores(comparison: &Comparison) -> Section {
    let columns = vec![
        Column::new("place", "Rule", ColumnKind::Identifier),
        Column::new("matched", "Leaves out", ColumnKind::Number),
        Column::new("expires", "Last day", ColumnKind::Date),
        Column::new("reason", "Reason", ColumnKind::Text),
        Column::new("remark", "Remark", ColumnKind::Text),
    ];
    let odd = odd_ignores(comparison);
    let row = |ignore: &IgnoreUse| {
        let remark = odd.iter().find(|(of, _)| std::ptr::eq(*of, ignore)).map(|(_, remark)| remark.clone());
        let expires = ignore.expires.parse::<jiff::civil::Date>().ok();
        Row::new(vec![
            Cell::identifier(place_of(ignore)),
            Cell::count(ignore.matched),
            expires.map_or_else(|| Cell::text(Text::Shared(Arc::clone(&ignore.expires))), Cell::from),
            Cell::text(Text::Shared(Arc::clone(&ignore.reason))),
            Cell::text(remark.unwrap_or_default()),
        ])
    };
    let rows = comparison.ignores.iter().map(row).collect();
    Section::new("ignores", "Ignore rules", columns, "There are none.").rows(rows)
}
