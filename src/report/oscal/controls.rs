//! Controls: which were reviewed, what was found of them, and of which nothing can be said.
//!
//! A finding says `satisfied` or `not-satisfied` of an objective of ours: what the rules test of the control, which is all of
//! it or a part (`_part`). It says `satisfied` only when everything that was tested holds and all was read. Of any other
//! control there is an observation, and no finding: it is unknown, nothing was tested, or no rule can tell.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::drift;
use super::form::{
    Finding, Objective, Observation, Origin, Part, Properties, RelatedObservation, RelatedRisk, ReviewedControls,
    SelectedControl, Selection, Status, Target,
};
use super::ids::Id;
use super::run::{Observed, Run};
use super::words::{markup, token};
use crate::model::{
    Assessment, ControlReport, ControlStatus, FrameworkReport, Results, Rule, RuleVerdicts, VerdictCounts,
};
use crate::report::text::count;

/// The controls of our own: the rules when no framework was asked for, and drift when something was compared.
pub(super) fn own(results: &Results) -> Option<FrameworkReport> {
    let rules = results.frameworks.is_empty().then(|| results.verdicts.iter().filter_map(|one| of_rule(results, one)));
    let controls: Vec<ControlReport> = rules.into_iter().flatten().chain(drift::control(results)).collect();
    (!controls.is_empty()).then(|| FrameworkReport {
        id: "dbkeel".into(),
        name: "dbkeel".into(),
        edition: Arc::clone(&results.run.version),
        sha256: Arc::clone(&results.run.policies_sha256),
        controls,
    })
}

/// A rule as a control of its own.
fn of_rule(results: &Results, of_rule: &RuleVerdicts) -> Option<ControlReport> {
    let rule: &Rule = results.rules.get(of_rule.rule)?;
    let mut counts = VerdictCounts::default();
    for outcome in of_rule.verdicts.iter().filter_map(|(_, outcome)| of_rule.outcomes.get(*outcome as usize)) {
        counts.add(outcome.verdict);
    }
    let status = match () {
        () if counts.fail + counts.waived > 0 => ControlStatus::NotSatisfied,
        () if counts.unknown + counts.error > 0 => ControlStatus::Unknown,
        () if counts.pass > 0 => ControlStatus::Satisfied,
        () => ControlStatus::NotTested,
    };
    Some(ControlReport {
        id: Arc::clone(&rule.id),
        title: Arc::clone(&rule.title),
        assessment: Assessment::Automated,
        types: Vec::new(),
        remainder: None,
        status,
        counts,
        below_bar: 0,
        rules: vec![Arc::clone(&rule.id)],
        lost: Vec::new(),
    })
}

/// A control with its place in the run.
#[derive(Clone, Copy)]
struct Control<'r> {
    run: &'r Run<'r>,
    framework: &'r FrameworkReport,
    report: &'r ControlReport,
    at: (u32, u32),
}

fn controls<'r>(run: &'r Run<'_>) -> impl Iterator<Item = Control<'r>> + 'r {
    run.frameworks.iter().zip(0u32..).flat_map(move |(framework, first)| {
        let controls = framework.controls.iter().zip(0u32..);
        controls.map(move |(report, second)| Control { run, framework, report, at: (first, second) })
    })
}

/// The controls that rules gave evidence for.
pub(super) fn reviewed(run: &Run<'_>) -> ReviewedControls {
    let mut selections: Vec<Selection> =
        run.frameworks.iter().filter_map(|framework| selection(run, framework)).collect();
    if selections.is_empty() {
        // OSCAL asks for at least one.
        let none = SelectedControl { control_id: "none".to_owned() };
        let description = "No control was reviewed.".to_owned();
        selections.push(Selection { description, props: Properties::default(), include_controls: vec![none] });
    }
    ReviewedControls {
        description:
            "The controls that rules of the baseline give evidence for. Of those without a finding nothing can be \
                      said: observations name them, with the reason."
                .to_owned(),
        control_selections: selections,
    }
}

fn selection(run: &Run<'_>, framework: &FrameworkReport) -> Option<Selection> {
    let is_reviewed = |control: &&ControlReport| !control.rules.is_empty() || *control.id == *drift::CONTROL;
    let mut seen = BTreeSet::new();
    let ids = framework.controls.iter().filter(is_reviewed).map(|control| control_id(framework, control));
    let include_controls: Vec<SelectedControl> =
        ids.filter(|id| seen.insert(id.clone())).map(|control_id| SelectedControl { control_id }).collect();
    let resources = count(run.results.resources.len(), "resource");
    (!include_controls.is_empty()).then(|| Selection {
        description: format!("{} {}, on {resources}", markup(&framework.name), markup(&framework.edition)),
        props: Properties::default().with("framework", &framework.id),
        include_controls,
    })
}

/// The id of a control: that of NIST's own catalogue in OSCAL (`sc-28.1`), else the framework's id and the number.
fn control_id(framework: &FrameworkReport, control: &ControlReport) -> String {
    match &*framework.id {
        id if id.starts_with("nist-800-53") || id.starts_with("fedramp") => token(&control.id).to_lowercase(),
        "dbkeel" => token(&control.id),
        id => token(&format!("{id}_{}", control.id)),
    }
}

impl<'r> Control<'r> {
    /// What was found of it; `None` when nothing can be said.
    fn state(self) -> Option<&'static str> {
        match self.report.status {
            ControlStatus::Satisfied if self.run.is_whole => Some("satisfied"),
            ControlStatus::NotSatisfied => Some("not-satisfied"),
            _ => None,
        }
    }

    /// The objective that a finding is about. Two numbers that differ in what no token holds stay apart by their places.
    fn target(self) -> String {
        let part = if self.is_all() { "" } else { "_part" };
        let id = token(&format!("{}_{}{part}", self.framework.id, self.report.id));
        let before = self.framework.controls.iter().take(self.at.1 as usize);
        let is_taken = before.into_iter().any(|other| token(&other.id) == token(&self.report.id));
        if is_taken { format!("{id}_{}", self.at.1) } else { id }
    }

    fn is_all(self) -> bool {
        self.report.assessment == Assessment::Automated
    }

    fn name(self) -> String {
        format!("{} {} {}", markup(&self.framework.name), markup(&self.framework.edition), markup(&self.report.id))
    }

    fn properties(self) -> Properties {
        Properties::default()
            .with("framework", &self.framework.id)
            .with("control", &self.report.id)
            .with("control-id", &control_id(self.framework, self.report))
            .with("assessment", self.report.assessment.as_str())
    }

    fn id(self, kind: &str) -> Id {
        self.run.ids.id(kind, &[&self.at.0.to_string(), &self.at.1.to_string()])
    }

    /// What the objective asks.
    fn words(self) -> Part {
        let title = markup(&self.report.title);
        Part {
            id: Some(self.target()),
            name: "assessment-objective",
            title: Some(self.name()),
            props: Properties::default().of_oscal("method-id", &self.method_id()),
            prose: Some(if self.is_all() { format!("{title}.") } else { format!("What rules test of: {title}.") }),
            parts: Vec::new(),
        }
    }

    /// How it was tested, and on what: NIST's constraints ask for both (`oscal-assessment-method-cardinality`).
    fn method(self) -> Part {
        let objects = match *self.report.id == *drift::CONTROL {
            true => "What is declared, and what runs.".to_owned(),
            false => format!("What these rules are about: {}.", markup(&self.report.rules.join(", "))),
        };
        let objects = Part { name: "assessment-objects", prose: Some(objects), ..Part::default() };
        Part {
            id: Some(self.method_id()),
            name: "assessment-method",
            props: Properties::default().of_oscal("method", "TEST"),
            parts: vec![objects],
            ..Part::default()
        }
    }

    fn method_id(self) -> String {
        format!("{}.test", self.target())
    }

    /// The verdicts, in numbers.
    fn numbers(self) -> String {
        let VerdictCounts { pass, fail, unknown, error, waived, not_applicable } = self.report.counts;
        match *self.report.id == *drift::CONTROL {
            true => format!("{fail} drifted, {unknown} not known"),
            false => format!(
                "{fail} failed, {waived} accepted, {pass} passed, {unknown} not known, {}, {not_applicable} \
                 not applicable, {} judged by a lower bar",
                count(error, "error"),
                self.report.below_bar
            ),
        }
    }

    /// What was not tested, and why.
    fn rest(self) -> Option<String> {
        let remainder = self.report.remainder.iter().map(|text| format!("Not tested: {}.", markup(text)));
        let lost = self.report.lost.iter().map(|lost| format!("No evidence: {}.", markup(&lost.to_string())));
        let gaps = (!self.run.results.gaps.is_empty())
            .then(|| format!("{} could not be read.", count(self.run.results.gaps.len(), "place")));
        let rest: Vec<String> = remainder.chain(lost).chain(gaps).collect();
        (!rest.is_empty()).then(|| rest.join(" "))
    }

    /// How it stands, in a word that claims no more than was proven.
    fn status(self) -> &'static str {
        match self.report.status {
            ControlStatus::Satisfied => "not_proven",
            status => status.as_str(),
        }
    }

    /// Why nothing can be said.
    fn why(self) -> &'static str {
        match self.report.status {
            ControlStatus::Satisfied => "everything that was tested holds, and part of the scope could not be read",
            ControlStatus::Unknown => "something could not be known, or was judged by a lower bar than the framework's",
            _ if self.report.assessment == Assessment::Manual => "no rule tests it; a person has to look",
            _ => "nothing was tested",
        }
    }

    /// What its rules saw of the resources that it is about, and the risks that were accepted there.
    fn related(self) -> (Vec<RelatedObservation>, Vec<RelatedRisk>) {
        let mut observations = Vec::new();
        let mut waivers = BTreeSet::new();
        for (of_rule, observed) in self.report.rules.iter().filter_map(|rule| self.run.observed_of(rule)) {
            self.related_of(of_rule, observed, &mut observations, &mut waivers);
        }
        if *self.report.id == *drift::CONTROL {
            observations.extend(self.run.drifts().map(|(_, _, id)| id));
        }
        let observations = observations.into_iter().map(|observation_uuid| RelatedObservation { observation_uuid });
        let risks = waivers.into_iter().map(|waiver| RelatedRisk { risk_uuid: self.run.risk(waiver) });
        (observations.collect(), risks.collect())
    }

    fn related_of(self, of_rule: &RuleVerdicts, observed: &Observed, ids: &mut Vec<Id>, waivers: &mut BTreeSet<u32>) {
        ids.extend(observed.passed);
        ids.extend(observed.not_applicable.values());
        for seen in observed.each.iter().filter(|seen| self.is_about(seen.resource)) {
            ids.push(seen.id);
            let outcome = of_rule.outcomes.get(seen.outcome as usize);
            let by = outcome.and_then(|outcome| outcome.waived_by.as_ref()).map(|by| by.waiver);
            waivers.extend(by.filter(|waiver| super::risks::waiver(self.run, *waiver).is_some()));
        }
    }

    fn is_about(self, resource: u32) -> bool {
        let types = &self.report.types;
        let resource = self.run.results.resources.get(resource as usize);
        types.is_empty() || resource.is_some_and(|resource| types.iter().any(|of| **of == *resource.resource_type))
    }
}

/// The objectives that findings are about.
pub(super) fn objectives<'r>(run: &'r Run<'_>) -> impl Iterator<Item = Objective> + 'r {
    controls(run).filter(|control| control.state().is_some()).map(|control| Objective {
        control_id: control_id(control.framework, control.report),
        props: control.properties(),
        parts: [control.words(), control.method()],
    })
}

/// What was found of each control of which something can be said.
pub(super) fn findings<'r>(run: &'r Run<'_>) -> impl Iterator<Item = Finding> + 'r {
    controls(run).filter_map(|control| {
        let state = control.state()?;
        let words = if state == "satisfied" { "satisfied" } else { "not satisfied" };
        let part = if control.is_all() { "" } else { ", the part that rules test" };
        let (related_observations, related_risks) = control.related();
        let reason = if state == "satisfied" { "pass" } else { "fail" };
        Some(Finding {
            uuid: control.id("finding"),
            title: format!("{}{part}: {words}", control.name()),
            description: format!("{}.", markup(&control.report.title)),
            props: control.properties(),
            origins: Origin::tool(run.tool),
            target: Target {
                kind: "objective-id",
                target_id: control.target(),
                status: Status { state, reason, remarks: control.numbers() },
            },
            related_observations,
            related_risks,
            remarks: control.rest(),
        })
    })
}

/// An observation for each control of which nothing can be said.
pub(super) fn undecided<'r>(run: &'r Run<'_>) -> impl Iterator<Item = Observation<'r>> + 'r {
    controls(run).filter(|control| control.state().is_none()).map(|control| {
        let title = format!("{}: neither satisfied nor not satisfied", control.name());
        let description = format!("{}: {} ({}).", markup(&control.report.title), control.why(), control.numbers());
        Observation {
            props: control.properties().with("status", control.status()),
            remarks: control.rest(),
            ..Observation::new(control.run, control.id("undecided"), title, description)
        }
    })
}
