//! One row for each rule and resource, then one for each drift, for spreadsheets: filter `verdict` for `drift`, or
//! `drift_class` for a class.

use std::borrow::Cow;
use std::io::{self, Write};

use super::text::clean;
use super::{Report, ReportOptions};
use crate::model::{Finding, FindingAge, Resource, Results, RuleVerdicts, Stood, TierAssignment, Verdict};

/// The format.
pub(super) struct Csv;

mod drift;

const HEADER: [&str; 38] = [
    "rule",
    "rule_name",
    "domain",
    "severity",
    "verdict",
    "resource",
    "resource_type",
    "kind",
    "provider",
    "account",
    "region",
    "tier",
    "tier_reason",
    "planned_action",
    "message",
    "file",
    "line",
    "location_note",
    "fingerprint",
    "waiver",
    "waiver_expires",
    "drift_class",
    "drift_against",
    "drift_of",
    "declared",
    "recorded",
    "running",
    "pending",
    "pending_at",
    "moved_by",
    "effect",
    "fails_rules",
    "first_seen",
    "opened",
    "last_seen",
    "age_days",
    "reopened",
    "standing",
];

/// How many of the columns only a drift has.
const OF_DRIFT: usize = 11;

/// How many tell how old a finding is.
const OF_AGE: usize = 5;

/// How many only a verdict has, after those of a drift.
const OF_VERDICT: usize = OF_AGE + 1;

impl Report for Csv {
    fn write(&self, results: &Results, _: &ReportOptions, out: &mut dyn Write) -> io::Result<()> {
        results.find_places(|_, _| true);
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(HEADER).map_err(io_error)?;
        // A resource stands in a row for each rule: its cells are made once.
        let resources: Vec<ResourceCells<'_>> = results
            .resources
            .iter()
            .zip(&results.assignments)
            .map(|(resource, assignment)| ResourceCells::new(results, resource, assignment))
            .collect();
        for of_rule in &results.verdicts {
            write_rule(results, of_rule, &resources, &mut writer)?;
        }
        for drift in &results.drift.drifts {
            drift::write(drift, &mut writer)?;
        }
        writer.flush()
    }

    fn tells_digests(&self) -> bool {
        false
    }
}

/// The error that writing met, as it is: the crate's own conversion hides that a reader of a pipe went away.
pub(super) fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

type Writer<'w> = csv::Writer<&'w mut dyn Write>;

fn write_rule(
    results: &Results,
    of_rule: &RuleVerdicts,
    resources: &[ResourceCells<'_>],
    writer: &mut Writer<'_>,
) -> io::Result<()> {
    let Some(rule) = results.rules.get(of_rule.rule) else { return Ok(()) };
    let messages: Vec<String> =
        of_rule.outcomes.iter().map(|outcome| cell(&outcome.messages.join("; ")).into_owned()).collect();
    let rule_cells = [cell(&rule.id), cell(&rule.name), rule.domain.as_str().into()];
    let severities = results.severities(rule);
    for (position, outcome_position) in &of_rule.verdicts {
        let (Some(resource), Some(outcome), Some(message)) = (
            resources.get(*position as usize),
            of_rule.outcomes.get(*outcome_position as usize),
            messages.get(*outcome_position as usize),
        ) else {
            continue;
        };
        let finding = results.finding(of_rule.rule, *position, outcome).filter(is_for_people);
        let fingerprint = finding.map(|finding| finding.fingerprint()).unwrap_or_default();
        let location = finding.map_or(&resource.resource.location, |finding| finding.location());
        let line = location.region.map(|region| region.start_line.to_string()).unwrap_or_default();
        let note = cell(finding.and_then(|finding| finding.note()).unwrap_or_default());
        for text in &rule_cells {
            writer.write_field(text.as_bytes()).map_err(io_error)?;
        }
        let severity = severities.get(resource.tier).copied().unwrap_or(rule.severity);
        writer.write_field(severity.as_str()).map_err(io_error)?;
        writer.write_field(outcome.verdict.as_str()).map_err(io_error)?;
        for text in &resource.who {
            writer.write_field(text.as_bytes()).map_err(io_error)?;
        }
        let waiver = finding.and_then(|finding| finding.waiver);
        let (waiver, expires) = waiver.map_or(("", ""), |waiver| (&waiver.id, &waiver.expires));
        let last = [message.as_str(), &cell(&location.file), &line, &note, &fingerprint, &cell(waiver), expires];
        let age = age(finding.and_then(|finding| finding.age()));
        let age = age.iter().map(String::as_str);
        let standing = finding.and_then(|finding| finding.stood()).map_or("", Stood::as_str);
        let cells = last.into_iter().chain([""; OF_DRIFT]).chain(age).chain([standing]);
        writer.write_record(cells).map_err(io_error)?;
    }
    Ok(())
}

/// From `first_seen` to `reopened`; empty of what is not open, and of a run that is not recorded.
fn age(age: Option<&FindingAge>) -> [String; OF_AGE] {
    let Some(age) = age else { return Default::default() };
    let (days, back) = (age.age_days.to_string(), age.reopened.to_string());
    [age.first_seen.to_string(), age.opened.to_string(), age.last_seen.to_string(), days, back]
}

struct ResourceCells<'a> {
    resource: &'a Resource,
    tier: usize,
    /// From `resource` to `planned_action`.
    who: [Cow<'a, str>; 9],
}

impl<'a> ResourceCells<'a> {
    fn new(results: &'a Results, resource: &'a Resource, assignment: &'a TierAssignment) -> Self {
        let optional = |text: &'a Option<std::sync::Arc<str>>| cell(text.as_deref().unwrap_or_default());
        Self {
            who: [
                cell(&resource.id),
                resource.resource_type.into(),
                resource.kind.as_str().into(),
                resource.provider.as_str().into(),
                optional(&resource.scope.account),
                optional(&resource.scope.region),
                results.tiers.get(assignment.tier as usize).map_or("".into(), |tier| cell(&tier.name)),
                cell(&assignment.reason),
                resource.change.as_ref().map_or("", |change| change.action.as_str()).into(),
            ],
            resource,
            tier: usize::from(assignment.tier),
        }
    }
}

/// Whether a person should read it: a million passes need neither a place nor an identity.
fn is_for_people(finding: &Finding<'_>) -> bool {
    !matches!(finding.outcome.verdict, Verdict::Pass | Verdict::NotApplicable)
}

/// A cell that a spreadsheet shows instead of computing it (OWASP, "CSV Injection").
pub(super) fn cell(text: &str) -> Cow<'_, str> {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => Cow::Owned(format!("'{}", clean(text))),
        false => clean(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{audited, drifted, everything, many_drifts, nothing, render};

    #[test]
    fn everything_at_once() {
        insta::assert_snapshot!(render("csv", &everything()));
    }

    #[test]
    fn nothing_at_all() {
        insta::assert_snapshot!(render("csv", &nothing()));
    }

    #[test]
    fn everything_drifted() {
        insta::assert_snapshot!(render("csv", &drifted()));
    }

    #[test]
    fn fifty_thousand_drifts_are_as_many_rows() {
        assert_eq!(render("csv", &many_drifts(50_000)).lines().count(), 50_001);
    }

    #[test]
    fn every_verdict_and_every_drift_is_a_row_that_reads_back() {
        let text = render("csv", &audited());
        let rows: Vec<csv::StringRecord> =
            csv::Reader::from_reader(text.as_bytes()).records().collect::<Result<_, _>>().unwrap();
        assert_eq!(rows.len(), audited().counts().total() + audited().drift.drifts.len());
        assert!(rows.iter().all(|row| row.len() == HEADER.len()));
        assert_eq!(rows.iter().filter(|row| &row[4] == "drift").count(), audited().drift.drifts.len());
        assert!(rows.iter().any(|row| row[5] == clean(crate::report::testing::HOSTILE)));
    }

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert!(cell(text).starts_with('\''), "{text:?}");
        }
    }
}
