//! `dbkeel report compliance FRAMEWORK`: where each control stands, and the verdicts behind that.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::model::{Cell, CellValue, Column, ColumnKind, Figure, NamedReport, Row, Section, Tone};
use super::subject::Subject;
use crate::model::{
    Assessment, ControlReport, ControlStatus, Finding, FrameworkReport, Outcome, Resource, RuleVerdicts, Text, Verdict,
};

/// The report of a run that was asked for no framework: it proves nothing.
pub fn none(subject: &Subject<'_>) -> NamedReport {
    let report = subject.report(
        "compliance",
        "Compliance report",
        "Where each control of the framework stands as far as rules can tell, and which verdicts on which resources say so.",
    );
    NamedReport { subjects: 0, ..report }
}

/// Makes the report of one framework.
pub fn report(subject: &Subject<'_>, framework: &FrameworkReport) -> NamedReport {
    let mut report = none(subject);
    report.title = format!("Compliance report: {} {}", framework.name, framework.edition).into();
    let digest = framework.sha256.get(..12).unwrap_or_default();
    report.judged_by.push(format!("framework {} ({digest})", framework.id).into());
    report.subjects = framework.controls.iter().map(|control| control.counts.total() + control.below_bar).sum();
    report.figures = figures(framework);
    report.sections =
        vec![controls(framework), failing(subject, framework), evidence(subject, framework), lost(framework)];
    report
}

/// Where a control stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    NotSatisfied,
    NotProven,
    InPart,
    Satisfied,
    Manual,
}

impl Standing {
    const ALL: [Self; 5] = [Self::Satisfied, Self::InPart, Self::NotSatisfied, Self::NotProven, Self::Manual];

    const fn of(control: &ControlReport) -> Self {
        match (control.status, control.assessment) {
            (ControlStatus::Satisfied, Assessment::Automated) => Self::Satisfied,
            (ControlStatus::Satisfied, _) => Self::InPart,
            (ControlStatus::NotSatisfied, _) => Self::NotSatisfied,
            (ControlStatus::Unknown, _) => Self::NotProven,
            (ControlStatus::NotTested, Assessment::Manual) => Self::Manual,
            (ControlStatus::NotTested, _) => Self::NotProven,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::NotSatisfied => "not satisfied",
            Self::NotProven => "not proven",
            Self::InPart => "satisfied in part",
            Self::Satisfied => "satisfied",
            Self::Manual => "manual",
        }
    }

    const fn tone(self) -> Tone {
        match self {
            Self::NotSatisfied => Tone::Bad,
            Self::NotProven => Tone::Attention,
            Self::InPart | Self::Satisfied => Tone::Good,
            Self::Manual => Tone::Plain,
        }
    }

    const fn note(self) -> Option<&'static str> {
        match self {
            Self::InPart => Some("what rules test of it holds; a person has to look at the rest"),
            Self::NotProven => Some("something could not be known, or nothing that was read is concerned"),
            Self::Manual => Some("no rule of this baseline tests anything of it"),
            Self::NotSatisfied => Some("something fails, even if that is waived"),
            Self::Satisfied => None,
        }
    }
}

fn figures(framework: &FrameworkReport) -> Vec<Figure> {
    let count = |standing| framework.controls.iter().filter(|control| Standing::of(control) == standing).count();
    let figure = |standing: Standing| {
        let key = standing.word().replace(' ', "_");
        let tone = if count(standing) > 0 { standing.tone() } else { Tone::Plain };
        let figure =
            Figure::new(key, crate::report::text::capital(standing.word()), Cell::count(count(standing)).toned(tone));
        standing.note().map_or_else(|| figure.clone(), |note| figure.clone().note(note))
    };
    let all = Figure::new("controls", "Controls", Cell::count(framework.controls.len()));
    std::iter::once(all).chain(Standing::ALL.map(figure)).collect()
}

fn controls(framework: &FrameworkReport) -> Section {
    let columns = vec![
        Column::new("control", "Control", ColumnKind::Identifier),
        Column::new("standing", "Stands", ColumnKind::Status),
        Column::new("assessment", "Tested", ColumnKind::Status),
        Column::new("failed", "Failed", ColumnKind::Number),
        Column::new("waived", "Waived", ColumnKind::Number),
        Column::new("passed", "Passed", ColumnKind::Number),
        Column::new("unknown", "Unknown", ColumnKind::Number),
        Column::new("errors", "Errors", ColumnKind::Number),
        Column::new("not_applicable", "Not applicable", ColumnKind::Number),
        Column::new("below_bar", "Below bar", ColumnKind::Number),
        Column::new("title", "Asks", ColumnKind::Text),
        Column::new("rules", "Rules", ColumnKind::List),
        Column::new("remainder", "No rule tests", ColumnKind::Text).detail(),
    ];
    let rows = framework.controls.iter().map(control_row).collect();
    let mut section = Section::new("controls", "Controls", columns, "The framework has none.").rows(rows);
    section.notes = vec![
        "Below bar are passes that the baseline judged by a lower bar than the framework's, so that they prove nothing."
            .into(),
    ];
    section
}

fn control_row(control: &ControlReport) -> Row {
    let standing = Standing::of(control);
    let tested = match control.assessment {
        Assessment::Automated => "whole",
        Assessment::Partial => "in part",
        Assessment::Manual => "nothing",
    };
    let counts = &control.counts;
    let [failed, waived, passed, unknown, errors, not_applicable] =
        [counts.fail, counts.waived, counts.pass, counts.unknown, counts.error, counts.not_applicable].map(Cell::count);
    let remainder = control.remainder.as_ref().map(|text| Cell::text(Text::Shared(Arc::clone(text))));
    Row::new(vec![
        Cell::identifier(Arc::clone(&control.id)),
        Cell::status(standing.word(), standing.tone()),
        Cell::status(tested, Tone::Plain),
        failed,
        waived,
        passed,
        unknown,
        errors,
        not_applicable,
        Cell::count(control.below_bar),
        Cell::text(Text::Shared(Arc::clone(&control.title))),
        Cell::list(control.rules.iter().map(|rule| CellValue::Identifier(Arc::clone(rule)))),
        remainder.unwrap_or_else(|| Cell::text("")),
    ])
}

/// The controls that each rule gives evidence for.
fn controls_of(framework: &FrameworkReport) -> BTreeMap<&str, Vec<CellValue>> {
    let mut controls: BTreeMap<&str, Vec<CellValue>> = BTreeMap::new();
    for control in &framework.controls {
        for rule in &control.rules {
            controls.entry(rule).or_default().push(CellValue::Identifier(Arc::clone(&control.id)));
        }
    }
    controls
}

/// Every verdict that stands in the way, on its own.
fn failing(subject: &Subject<'_>, framework: &FrameworkReport) -> Section {
    const ORDER: [Verdict; 4] = [Verdict::Fail, Verdict::Waived, Verdict::Error, Verdict::Unknown];
    let columns = vec![
        Column::new("resource", "Resource", ColumnKind::Identifier),
        Column::new("verdict", "Verdict", ColumnKind::Verdict),
        Column::new("severity", "Severity", ColumnKind::Status),
        Column::new("rule", "Rule", ColumnKind::Identifier),
        Column::new("controls", "Controls", ColumnKind::List),
        Column::new("message", "Because", ColumnKind::Text),
        Column::new("place", "Place", ColumnKind::Identifier).detail(),
    ];
    let controls = controls_of(framework);
    let findings = subject.results().findings(&ORDER).filter(|finding| controls.contains_key(&*finding.rule.id));
    let mut findings: Vec<Finding<'_>> = findings.collect();
    let position = |verdict| ORDER.iter().position(|other| *other == verdict);
    findings.sort_by_key(|of| (position(of.outcome.verdict), std::cmp::Reverse(of.severity())));
    let rows = findings.iter().map(|finding| {
        let location = finding.location();
        let line = location.region.map(|region| format!(":{}", region.start_line)).unwrap_or_default();
        let cells = vec![
            Cell::identifier(Arc::clone(&finding.resource.id)),
            finding.outcome.verdict.into(),
            Cell::status(finding.severity().as_str(), Tone::Plain),
            Cell::identifier(Arc::clone(&finding.rule.id)),
            Cell::list(controls.get(&*finding.rule.id).cloned().unwrap_or_default()),
            Cell::text(finding.message()),
            Cell::identifier(format!("{}{line}", location.file)),
        ];
        Row::of(finding.resource.scope.account.clone(), cells)
    });
    let rows = rows.collect();
    let none = "Nothing that gives evidence fails or is unknown.";
    Section::new("in_the_way", "What stands in the way", columns, none).rows(rows)
}

/// The passes, by rule, with the resources that show them: what an auditor takes samples of.
fn evidence(subject: &Subject<'_>, framework: &FrameworkReport) -> Section {
    let columns = vec![
        Column::new("rule", "Rule", ColumnKind::Identifier),
        Column::new("verdict", "Verdict", ColumnKind::Verdict),
        Column::new("count", "Resources", ColumnKind::Number),
        Column::new("title", "Asks", ColumnKind::Text),
        Column::new("controls", "Controls", ColumnKind::List),
        Column::new("resources", "Which", ColumnKind::List),
    ];
    let controls = controls_of(framework);
    let mut rows = Vec::new();
    for of_rule in &subject.results().verdicts {
        let Some(rule) = subject.results().rules.get(of_rule.rule) else { continue };
        let Some(of) = controls.get(&*rule.id) else { continue };
        for verdict in [Verdict::Pass, Verdict::NotApplicable] {
            let resources: BTreeSet<&Arc<str>> = resources(subject, of_rule, verdict).map(|of| &of.id).collect();
            if resources.is_empty() {
                continue;
            }
            rows.push(Row::new(vec![
                Cell::identifier(Arc::clone(&rule.id)),
                verdict.into(),
                Cell::count(resources.len()),
                Cell::text(Text::Shared(Arc::clone(&rule.title))),
                Cell::list(of.clone()),
                Cell::list(resources.into_iter().map(|id| CellValue::Identifier(Arc::clone(id)))),
            ]));
        }
    }
    let mut section = Section::new("evidence", "Evidence", columns, "No rule that gives evidence passes.").rows(rows);
    section.notes = vec![
        "A control counts only the types of resources that it is about, so its numbers may be lower than those of its rules."
            .into(),
    ];
    section
}

fn resources<'a>(
    subject: &'a Subject<'_>,
    of_rule: &'a RuleVerdicts,
    verdict: Verdict,
) -> impl Iterator<Item = &'a Resource> {
    let is = move |outcome: &u32| {
        of_rule.outcomes.get(*outcome as usize).is_some_and(|outcome: &Outcome| outcome.verdict == verdict)
    };
    let shown = of_rule.verdicts.iter().filter(move |(_, outcome)| is(outcome));
    shown.filter_map(|(resource, _)| subject.results().resources.get(*resource as usize))
}

fn lost(framework: &FrameworkReport) -> Section {
    let columns = vec![
        Column::new("control", "Control", ColumnKind::Identifier),
        Column::new("rule", "Rule", ColumnKind::Identifier),
        Column::new("tier", "Tier", ColumnKind::Text),
        Column::new("reason", "Because", ColumnKind::Text),
    ];
    let rows = framework.controls.iter().flat_map(|control| {
        control.lost.iter().map(|lost| {
            let tier = lost.tier.as_ref().map(|tier| Cell::text(Text::Shared(Arc::clone(tier))));
            Row::new(vec![
                Cell::identifier(Arc::clone(&control.id)),
                Cell::identifier(Arc::clone(&lost.rule)),
                tier.unwrap_or_else(|| Cell::text("(every tier)")),
                Cell::text(Text::Shared(Arc::clone(&lost.reason))),
            ])
        })
    });
    let none = "The baseline gives none away.";
    Section::new("lost", "Evidence that the baseline gives away", columns, none).rows(rows.collect())
}
