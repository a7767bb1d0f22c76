//! The table of verdicts: one row for each rule and resource.

use std::io;

use super::Scope;
use super::cells::{RESOURCE, RUN, column, day, instant, place, text};
use super::table::{Cell, Column, ColumnType, Columns, TableFile};
use crate::model::{Finding, Outcome, Rule, Stood, Verdict};
use crate::report::part::OfPart;

const OWN: [Column; 19] = [
    column("rule", ColumnType::Text, "the rule's id: `DBK-RET-001`"),
    column("rule_name", ColumnType::Text, "its name"),
    column("domain", ColumnType::Text, "what it is about: `encryption`, `patch`, `retention`, …"),
    column("verdict", ColumnType::Text, "`pass`, `fail`, `unknown`, `error`, `waived`, `not_applicable`"),
    column("severity", ColumnType::Text, "how much a failure matters in the resource's tier: `info` to `critical`"),
    column("severity_rank", ColumnType::Integer, "the same as a number, 0 (`info`) to 4 (`critical`), to sort by"),
    column("message", ColumnType::Text, "what was found, or why nothing was; null of a pass"),
    column("waiver", ColumnType::Text, "the waiver's id, of what is waived"),
    column("waiver_expires", ColumnType::Day, "the last day on which it holds"),
    column("waiver_approver", ColumnType::Text, "who accepted it"),
    column("file", ColumnType::Text, "the file of the line to change, else the file that the resource was read from"),
    column("line", ColumnType::Integer, "the line, from 1"),
    column(
        "fingerprint",
        ColumnType::Text,
        "an identity of the finding that survives moved lines ([outputs.md](outputs.md#gitlab-code-quality)); null of `pass` and `not_applicable`",
    ),
    column(
        "first_seen",
        ColumnType::Instant,
        "when it was found for the first time, UTC; null without a history, or when it is not open",
    ),
    column("opened", ColumnType::Instant, "since when it is open, UTC"),
    column("last_seen", ColumnType::Instant, "when it was seen last, UTC"),
    column("age_days", ColumnType::Integer, "whole days since it was opened"),
    column("reopened", ColumnType::Integer, "how often it came back"),
    column(
        "standing",
        ColumnType::Text,
        "of a failure with `--gate delta`: `new`, `worse`, or `stood_before` the change; null otherwise",
    ),
];

/// The columns.
pub(super) const COLUMNS: Columns = [&RUN, &RESOURCE, &OWN];

/// Writes the verdicts of an account.
pub(super) fn write(file: &mut TableFile, scope: &Scope<'_>) -> io::Result<()> {
    let Some(part) = scope.part else { return Ok(()) };
    let results = scope.run.results;
    // By the index in the run; those of other accounts are never asked for.
    let mut resources = vec![Vec::new(); results.resources.len()];
    for position in part.positions() {
        let resource = results.resources.get(position as usize);
        if let (Some(resource), Some(slot)) = (resource, resources.get_mut(position as usize)) {
            *slot = scope.run.of_resource(resource, position);
        }
    }
    part.verdicts.iter().try_for_each(|of_part| write_rule(file, scope, of_part, &resources))
}

fn write_rule(
    file: &mut TableFile,
    scope: &Scope<'_>,
    of_part: &OfPart<'_>,
    resources: &[Vec<Cell>],
) -> io::Result<()> {
    let (results, index) = (scope.run.results, of_part.of_rule.rule);
    let Some(rule) = results.rules.get(index) else { return Ok(()) };
    let of_rule = OfRule::new(rule, &of_part.of_rule.outcomes);
    for (position, outcome) in of_part.verdicts.iter() {
        let resource = resources.get(*position as usize);
        let says = of_part.of_rule.outcomes.get(*outcome as usize);
        let finding = says.and_then(|says| results.finding(index, *position, says));
        if let (Some(resource), Some(finding)) = (resource, finding) {
            let message = of_rule.messages.get(*outcome as usize).cloned().unwrap_or_default();
            let own = of_rule.cells.iter().cloned().chain(own(&finding, message));
            file.row(scope.run.cells.iter().chain(resource).cloned().chain(own))?;
        }
    }
    Ok(())
}

/// The cells that the verdicts of a rule share.
struct OfRule {
    cells: [Cell; 3],
    /// By outcome.
    messages: Vec<Cell>,
}

impl OfRule {
    fn new(rule: &Rule, outcomes: &[Outcome]) -> Self {
        let message = |outcome: &Outcome| match outcome.messages.is_empty() {
            true => Cell::None,
            false => outcome.messages.join("; ").as_str().into(),
        };
        Self {
            cells: [rule.id.as_ref().into(), rule.name.as_ref().into(), rule.domain.as_str().into()],
            messages: outcomes.iter().map(message).collect(),
        }
    }
}

/// From `verdict` on.
fn own(finding: &Finding<'_>, message: Cell) -> [Cell; 16] {
    let verdict = finding.outcome.verdict;
    let is_for_people = !matches!(verdict, Verdict::Pass | Verdict::NotApplicable);
    let location = if is_for_people { finding.location() } else { &finding.resource.location };
    let [file, line] = place(location);
    let (severity, waiver) = (finding.severity(), finding.waiver);
    let age = finding.age();
    [
        verdict.as_str().into(),
        severity.as_str().into(),
        Cell::Number(severity as i64),
        message,
        text(waiver.map(|waiver| &waiver.id)),
        day(waiver.map(|waiver| waiver.expires.as_ref())),
        text(waiver.and_then(|waiver| waiver.approver.as_ref())),
        file,
        line,
        is_for_people.then(|| finding.fingerprint()).as_deref().into(),
        instant(age.map(|age| age.first_seen.as_ref())),
        instant(age.map(|age| age.opened.as_ref())),
        instant(age.map(|age| age.last_seen.as_ref())),
        age.map(|age| age.age_days).into(),
        age.map(|age| age.reopened).into(),
        finding.stood().map(Stood::as_str).into(),
    ]
}
