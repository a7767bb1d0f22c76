//! The drift of a run, in the order of its rank; what nobody has to mend is folded away.

use super::page::{Page, Section};
use super::{RESERVE, cell, code_cell};
use crate::model::{Comparison, Drift, DriftClass, Results};
use crate::report::drift::{self, Parts, Standing};
use crate::report::text::{capital, count};

/// What was compared, and how it ended.
pub(super) fn head(page: &mut Page, results: &Results) {
    let Some(comparison) = &results.drift.comparison else { return };
    if drift::is_all(results) {
        page.line(&format!("## dbkeel: {}\n", title(results, comparison)));
    }
    page.line(&format!("{}.", capital(&drift::compared(results, comparison))));
    match drift::standing(&results.drift, comparison) {
        Standing::NothingCompared => page.line(&format!("\n**{}.**", drift::NOTHING_COMPARED)),
        Standing::NothingDrifted => {
            page.line(&format!("\n**{}.**", drift::nothing_drifted(comparison, results.gaps.len())));
        }
        Standing::Drifted => {}
    }
    if let Some(gate) = drift::gate(&results.drift, comparison) {
        page.line(&format!("{}.", capital(&gate)));
    }
}

fn title(results: &Results, comparison: &Comparison) -> String {
    let report = &results.drift;
    let may_fail = report.drifts.iter().filter(|drift| drift.class.can_fail()).count();
    match drift::standing(report, comparison) {
        Standing::NothingCompared => "! nothing was compared".to_owned(),
        Standing::NothingDrifted if !results.gaps.is_empty() => "! nothing drifted, but not all was read".to_owned(),
        Standing::NothingDrifted => "✓ nothing drifted".to_owned(),
        Standing::Drifted if may_fail == 0 => match report.count(DriftClass::Unverifiable) + results.gaps.len() {
            0 => "✓ nothing drifted that anybody has to mend".to_owned(),
            _ => "! nothing drifted that anybody has to mend, but not all could be compared".to_owned(),
        },
        Standing::Drifted => {
            let worse = report.drifts.iter().filter(|drift| drift.class.can_fail() && drift.severity().is_some());
            match worse.count() {
                0 => format!("~ {}", count(may_fail, "drift")),
                worse => format!("✗ {}, of which {worse} make rules fail", count(may_fail, "drift")),
            }
        }
    }
}

/// Every part of the drift, by rank.
pub(super) fn sections(page: &mut Page, results: &Results) {
    let parts = Parts::of(&results.drift.drifts);
    // What follows the findings of an audit takes what they leave; a page that is about drift is for drift.
    let most = if drift::is_all(results) { usize::MAX } else { super::MAX_ROWS };
    let columns = &["Severity", "Resource", "Drift", "Rules"];
    let worse = Section::short("Drift that makes rules fail", columns, parts.worse.len());
    page.section(&Section { most, reserve: RESERVE, ..worse }, parts.worse.iter().map(|drift| worse_row(drift)));
    others(page, results, &parts);
    nobodys_fault(page, &parts);
    if let Some(comparison) = &results.drift.comparison {
        around(page, results, comparison);
    }
}

fn others(page: &mut Page, results: &Results, parts: &Parts<'_>) {
    let is_compared = results.drift.comparison.is_some();
    let title = match (is_compared, parts.worse.is_empty()) {
        (false, _) => "Changed outside Terraform",
        (true, true) => "Drift",
        (true, false) => "Other drift",
    };
    let section = Section {
        folded: !is_compared,
        reserve: RESERVE / 2,
        ..Section::short(title, &["Resource", "Drift", "Rules"], parts.others.len())
    };
    page.section(&section, parts.others.iter().map(|drift| vec![resource(drift), difference(drift), rules(drift)]));
}

/// What waits, what the provider does by itself, and what could not be seen.
fn nobodys_fault(page: &mut Page, parts: &Parts<'_>) {
    let columns = &["Resource", "Drift", "Rules"];
    let row = |drift: &&Drift| vec![resource(drift), difference(drift), rules(drift)];
    let pending = Section::short("Pending: waits for a window or a reboot", columns, parts.pending.len());
    page.section(&Section { folded: true, ..pending }, parts.pending.iter().map(row));
    let title = "Expected: changes that the provider makes by itself";
    let expected = Section::short(title, columns, parts.expected.len());
    page.section(&Section { folded: true, ..expected }, parts.expected.iter().map(row));
    let unseen = &parts.unverifiable;
    let section = Section::short("Could not be compared", &["What", "Why"], unseen.len());
    let rows = unseen.iter().map(|unseen| vec![unseen.what(), cell(unseen.reason)]);
    page.section(&Section { folded: true, ..section }, rows);
}

/// What is told of a comparison besides its drifts.
fn around(page: &mut Page, results: &Results, comparison: &Comparison) {
    let odd = drift::odd_ignores(comparison);
    let section = Section::short("Ignore rules that ignore nothing", &["Rule", "Reason", "Care"], odd.len());
    let rows = odd
        .iter()
        .map(|(ignore, remark)| vec![code_cell(&drift::place_of(ignore)), cell(&ignore.reason), cell(remark)]);
    page.section(&Section { folded: true, ..section }, rows);
    let columns = &["", "Running", "Declared", "Share", "Approved modules"];
    let coverage = Section::short("Coverage", columns, comparison.coverage.len());
    let rows = comparison.coverage.iter().map(|row| {
        let approved = row.approved.map(|approved| approved.to_string()).unwrap_or_default();
        let (running, declared) = (row.running.to_string(), row.declared.to_string());
        vec![cell(&drift::label(results, row)), running, declared, cell(&drift::share(row)), approved]
    });
    page.section(&coverage, rows);
}

fn worse_row(drift: &Drift) -> Vec<String> {
    let severity = drift.severity().map(|severity| severity.to_string()).unwrap_or_default();
    vec![severity, resource(drift), difference(drift), rules(drift)]
}

fn resource(drift: &Drift) -> String {
    let mut lines = vec![code_cell(&drift.resource.id)];
    if let Some(running) = drift.resource.running_id.as_ref().filter(|running| **running != drift.resource.id) {
        lines.push(code_cell(running));
    }
    let location = drift.location();
    if let Some(region) = location.region {
        lines.push(code_cell(&format!("{}:{}", location.file, region.start_line)));
    }
    lines.join("<br>")
}

fn difference(drift: &Drift) -> String {
    let cosmetic = if drift::is_told_cosmetic(drift) { " (cosmetic)" } else { "" };
    let what = format!("{}: {}{cosmetic}", drift.class, drift::what(drift));
    let note = drift.place.as_ref().and_then(|place| place.note.as_ref()).map(ToString::to_string);
    let lines = std::iter::once(what).chain(drift::notes(drift)).chain(note);
    lines.map(|line| cell(&line)).collect::<Vec<_>>().join("<br>")
}

fn rules(drift: &Drift) -> String {
    let effects = drift.effects.iter();
    let lines = effects.map(|effect| format!("{}: {}", effect.severity, drift::effect_on_rule(drift, effect)));
    lines.map(|line| cell(&line)).collect::<Vec<_>>().join("<br>")
}
