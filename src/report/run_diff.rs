//! What changed from one run of a history to another, for people and for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::markdown_text::{cell, code_cell};
use super::text::clean;
use crate::history::{ChangeKind, ChangedDrift, ChangedFinding, RunDiff, RunRow};

/// The words of a change.
fn title(change: ChangeKind) -> &'static str {
    match change {
        ChangeKind::New => "NEW",
        ChangeKind::Fixed => "FIXED",
        ChangeKind::Worse => "WORSE, OR NOT WAIVED ANY MORE",
        ChangeKind::Waived => "WAIVED",
        ChangeKind::Gone => "GONE WITH THE RESOURCE",
        ChangeKind::NotEvaluated => "NOT EVALUATED NOW",
    }
}

fn last_line(diff: &RunDiff) -> String {
    let words = |kind: ChangeKind| kind.as_str().replace('_', " ");
    let counts: Vec<String> = diff.counts().iter().map(|(kind, count)| format!("{count} {}", words(*kind))).collect();
    let drift: BTreeMap<ChangeKind, usize> = diff.drift.iter().fold(BTreeMap::new(), |mut counts, changed| {
        *counts.entry(changed.change).or_default() += 1;
        counts
    });
    let of = |kind: ChangeKind| drift.get(&kind).copied().unwrap_or_default();
    format!(
        "{}, {} unchanged; drift: {} new, {} fixed, {} worse, {} not evaluated",
        counts.join(", "),
        diff.unchanged,
        of(ChangeKind::New),
        of(ChangeKind::Fixed),
        of(ChangeKind::Worse),
        of(ChangeKind::NotEvaluated),
    )
}

/// For people at a terminal.
pub fn table(diff: &RunDiff) -> String {
    let mut text =
        format!("from run {} ({}) to run {} ({})\n", diff.from.run, diff.from.as_of, diff.to.run, diff.to.as_of);
    for of_kind in diff.findings.chunk_by(|a, b| a.change == b.change) {
        let Some(first) = of_kind.first() else { continue };
        let _ = writeln!(text, "\n{} ({})", title(first.change), of_kind.len());
        for changed in of_kind {
            let back = if changed.reopened > 0 { format!(", came back {}×", changed.reopened) } else { String::new() };
            let _ = writeln!(
                text,
                "  {:8} {}: {}\n    {}\n      open since {}{back}",
                changed.severity.0.as_str(),
                clean(&changed.rule),
                clean(&changed.title),
                clean(&changed.resource),
                changed.opened,
            );
            if let Some(message) = &changed.message {
                let _ = writeln!(text, "      {}", clean(message));
            }
        }
    }
    if !diff.drift.is_empty() {
        let _ = writeln!(text, "\nDRIFT ({})", diff.drift.len());
        for changed in &diff.drift {
            let _ = writeln!(
                text,
                "  {:13} {:11} {} of {}",
                changed.change.as_str(),
                changed.class.as_str(),
                clean(&changed.subject),
                clean(&changed.resource)
            );
        }
    }
    let _ = writeln!(text, "\n{}", last_line(diff));
    text
}

/// For a chat or a ticket.
pub fn markdown(diff: &RunDiff) -> String {
    let mut text = format!(
        "## From run {} ({}) to run {} ({})\n\n{}\n",
        diff.from.run,
        diff.from.as_of,
        diff.to.run,
        diff.to.as_of,
        last_line(diff)
    );
    if !diff.findings.is_empty() {
        text.push_str(
            "\n| change | severity | rule | resource | open since | it says |\n| --- | --- | --- | --- | --- | --- |\n",
        );
    }
    for changed in &diff.findings {
        let _ = writeln!(
            text,
            "| {} | {} | {} {} | {} | {} | {} |",
            changed.change.as_str().replace('_', " "),
            changed.severity.0,
            cell(&changed.rule),
            cell(&changed.title),
            code_cell(&changed.resource),
            changed.opened,
            cell(changed.message.as_deref().unwrap_or_default()),
        );
    }
    if !diff.drift.is_empty() {
        text.push_str("\n| drift | class | resource | of | since |\n| --- | --- | --- | --- | --- |\n");
    }
    for changed in &diff.drift {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            changed.change.as_str().replace('_', " "),
            changed.class,
            code_cell(&changed.resource),
            cell(&changed.subject),
            changed.opened,
        );
    }
    text
}

/// `dbkeel.diff/v1`.
#[derive(Debug, Serialize)]
pub struct Document<'d> {
    schema: &'static str,
    from: &'d RunRow,
    to: &'d RunRow,
    counts: BTreeMap<ChangeKind, usize>,
    unchanged: usize,
    findings: &'d [ChangedFinding],
    drift: &'d [ChangedDrift],
}

/// For programs.
pub fn document(diff: &RunDiff) -> Document<'_> {
    Document {
        schema: "dbkeel.diff/v1",
        from: &diff.from,
        to: &diff.to,
        counts: diff.counts(),
        unchanged: diff.unchanged,
        findings: &diff.findings,
        drift: &diff.drift,
    }
}
