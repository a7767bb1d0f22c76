//! What people read of a framework: the words and numbers that every report shares.

use std::collections::BTreeMap;

use crate::model::{Assessment, ControlReport, ControlStatus, FrameworkReport};

/// The columns of numbers, and those of a control.
pub(super) const COLUMNS: [&str; 7] =
    ["FAILED", "WAIVED", "PASSED", "UNKNOWN", "ERRORS", "NOT APPLICABLE", "BELOW BAR"];

/// The numbers of a control, by [`COLUMNS`].
pub(super) fn numbers(control: &ControlReport) -> [usize; 7] {
    let counts = &control.counts;
    [counts.fail, counts.waived, counts.pass, counts.unknown, counts.error, counts.not_applicable, control.below_bar]
}

/// Where a control stands, in words that claim no more than was tested.
pub(super) fn standing(control: &ControlReport) -> &'static str {
    match (control.status, control.assessment) {
        (ControlStatus::Satisfied, Assessment::Automated) => "satisfied",
        (ControlStatus::Satisfied, _) => "satisfied in part",
        (ControlStatus::NotSatisfied, _) => "not satisfied",
        (ControlStatus::Unknown, _) => "unknown",
        (ControlStatus::NotTested, _) => "not tested",
    }
}

/// A framework in one line: how many of its controls stand where.
pub(super) fn heading(report: &FrameworkReport) -> String {
    const WORDS: [&str; 5] = ["satisfied", "satisfied in part", "not satisfied", "unknown", "not tested"];
    let count = |word: &str| report.controls.iter().filter(|control| standing(control) == word).count();
    let counts: Vec<String> = WORDS.iter().map(|word| format!("{} {word}", count(word))).collect();
    format!("{} {}: {}", report.name, report.edition, counts.join(", "))
}

/// The evidence that the baseline gives away, each with the number of controls that lose it.
pub(super) fn lost(report: &FrameworkReport) -> Vec<(String, usize)> {
    let mut lost: BTreeMap<String, usize> = BTreeMap::new();
    for one in report.controls.iter().flat_map(|control| &control.lost) {
        *lost.entry(one.to_string()).or_default() += 1;
    }
    lost.into_iter().collect()
}
