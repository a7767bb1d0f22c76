//! OSCAL assessment results 1.2.1, for the tools of auditors (<https://pages.nist.gov/OSCAL/>).
//!
//! - An **inventory item** for each resource, an **observation** for what was seen of it: a failure, an accepted failure, an
//!   undecided verdict and an error have one each; what passes a rule, and what a rule does not apply to for the same reason,
//!   has one together. Each drift and each gap has one.
//! - A **finding** for each control of the frameworks that were asked for, of which something was proven: see [`controls`].
//!   When none was asked for, each rule is a control.
//! - A **risk** for each waiver that waived something, with who approved it and until when.
//!
//! The baseline stands for the assessment plan that OSCAL asks for. UUIDs come from the run and from what they stand for, see
//! [`ids`], so the same results give the same bytes. Nothing is kept but the UUIDs of what others refer to; everything else
//! is written as it is made.

use std::io;

use serde::{Serialize, Serializer};

use self::form::{Component, NAMESPACE, Properties, Reference, ReviewedControls, State};
use self::ids::Id;
use self::run::Run;
use super::lines::OneALine;
use super::text::count;
use super::{Gate, Report, ReportOptions};
use crate::model::Results;

mod controls;
mod drift;
mod form;
mod ids;
mod inventory;
mod matter;
mod observations;
mod risks;
mod run;
#[cfg(test)]
mod tests;
mod words;

/// The edition of OSCAL that a document says it is of.
const OSCAL_VERSION: &str = "1.2.1";

/// How deep members and elements get lines of their own: those of a result; its inventory items stand deepest.
const LINES: (usize, usize) = (4, 6);

/// The format.
pub(super) struct Oscal;

impl Report for Oscal {
    fn write(&self, results: &Results, options: &ReportOptions, out: &mut dyn io::Write) -> io::Result<()> {
        results.find_places(|_, _| true);
        let run = Run::of(results, options);
        let document = Document { assessment_results: AssessmentResults::of(&run) };
        document
            .serialize(&mut serde_json::Serializer::with_formatter(&mut *out, OneALine::to_depth(LINES.0, LINES.1)))?;
        out.write_all(b"\n")
    }
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Document<'r> {
    assessment_results: AssessmentResults<'r>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct AssessmentResults<'r> {
    uuid: Id,
    metadata: Metadata<'r>,
    import_ap: ImportAp,
    #[serde(skip_serializing_if = "Option::is_none")]
    local_definitions: Option<Objectives<'r>>,
    results: [AssessmentResult<'r>; 1],
    back_matter: BackMatter<'r>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Metadata<'r> {
    title: &'static str,
    last_modified: &'r str,
    version: &'r str,
    oscal_version: &'static str,
}

#[derive(Serialize)]
struct ImportAp {
    href: Reference,
    remarks: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Objectives<'r> {
    objectives_and_methods: Part<'r>,
}

#[derive(Serialize)]
struct BackMatter<'r> {
    resources: Part<'r>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct AssessmentResult<'r> {
    uuid: Id,
    title: String,
    description: String,
    start: &'r str,
    end: &'r str,
    props: Properties,
    local_definitions: LocalDefinitions<'r>,
    reviewed_controls: ReviewedControls,
    #[serde(skip_serializing_if = "Part::is_empty")]
    observations: Part<'r>,
    #[serde(skip_serializing_if = "Part::is_empty")]
    risks: Part<'r>,
    #[serde(skip_serializing_if = "Part::is_empty")]
    findings: Part<'r>,
    remarks: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct LocalDefinitions<'r> {
    components: [Component; 1],
    #[serde(skip_serializing_if = "Part::is_empty")]
    inventory_items: Part<'r>,
}

/// A list of the document, made while it is written.
enum Part<'r> {
    Items(&'r Run<'r>),
    Observations(&'r Run<'r>),
    Risks(&'r Run<'r>),
    Findings(&'r Run<'r>),
    Objectives(&'r Run<'r>),
    Resources(&'r Run<'r>),
}

impl Part<'_> {
    fn is_empty(&self) -> bool {
        match self {
            Self::Items(run) => inventory::items(run).next().is_none(),
            Self::Observations(run) => observations::observations(run).next().is_none(),
            Self::Risks(run) => risks::risks(run).next().is_none(),
            Self::Findings(run) => controls::findings(run).next().is_none(),
            Self::Objectives(run) => controls::objectives(run).next().is_none(),
            Self::Resources(run) => matter::resources(run).next().is_none(),
        }
    }
}

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Items(run) => serializer.collect_seq(inventory::items(run)),
            Self::Observations(run) => serializer.collect_seq(observations::observations(run)),
            Self::Risks(run) => serializer.collect_seq(risks::risks(run)),
            Self::Findings(run) => serializer.collect_seq(controls::findings(run)),
            Self::Objectives(run) => serializer.collect_seq(controls::objectives(run)),
            Self::Resources(run) => serializer.collect_seq(matter::resources(run)),
        }
    }
}

impl<'r> AssessmentResults<'r> {
    fn of(run: &'r Run<'r>) -> Self {
        let as_of = &*run.results.run.as_of;
        let objectives = Part::Objectives(run);
        Self {
            uuid: run.ids.id("assessment-results", &[]),
            metadata: Metadata {
                title: "Compliance of databases",
                last_modified: as_of,
                version: as_of,
                oscal_version: OSCAL_VERSION,
            },
            import_ap: ImportAp {
                href: Reference(run.baseline()),
                remarks: "The baseline stands for the assessment plan: it says which rules hold for which databases.",
            },
            local_definitions: (!objectives.is_empty()).then_some(Objectives { objectives_and_methods: objectives }),
            results: [AssessmentResult::of(run)],
            back_matter: BackMatter { resources: Part::Resources(run) },
        }
    }
}

impl<'r> AssessmentResult<'r> {
    fn of(run: &'r Run<'r>) -> Self {
        let results = run.results;
        let as_of = &*results.run.as_of;
        Self {
            uuid: run.ids.id("result", &[]),
            title: format!("Run of {as_of}"),
            description: format!(
                "{} judged by {}.",
                count(results.resources.len(), "resource"),
                count(results.rules.len(), "rule")
            ),
            start: as_of,
            end: as_of,
            props: properties(run),
            local_definitions: LocalDefinitions { components: [tool(run)], inventory_items: Part::Items(run) },
            reviewed_controls: controls::reviewed(run),
            observations: Part::Observations(run),
            risks: Part::Risks(run),
            findings: Part::Findings(run),
            remarks: remarks(run),
        }
    }
}

fn tool(run: &Run<'_>) -> Component {
    Component {
        uuid: run.tool,
        kind: "software",
        title: "dbkeel",
        description: "Policy-as-code compliance and drift scanner for database platforms.",
        props: Properties::default().of_oscal("version", &run.results.run.version),
        status: State { state: "operational" },
    }
}

fn properties(run: &Run<'_>) -> Properties {
    let results = run.results;
    let counts = results.counts();
    let numbers = [
        ("resources-seen", results.resources_seen),
        ("resources", results.resources.len()),
        ("pass", counts.pass),
        ("fail", counts.fail),
        ("waived", counts.waived),
        ("unknown", counts.unknown),
        ("not-applicable", counts.not_applicable),
        ("error", counts.error),
        ("drift", results.drift.drifts.len()),
        ("gaps", results.gaps.len()),
    ];
    let gate = match run.gate {
        Gate::Passed => "passed",
        Gate::Failed => "failed",
        Gate::NotProven => "not-proven",
    };
    let properties = Properties::default().with("gate", gate).with("fail-on", results.run.fail_on.as_str());
    numbers.iter().fold(properties, |properties, (name, number)| properties.with(name, &number.to_string()))
}

/// What must not be taken for more than it is.
fn remarks(run: &Run<'_>) -> String {
    let results = run.results;
    let gaps = (!results.gaps.is_empty())
        .then(|| format!("{} could not be read; observations say which, and why.", count(results.gaps.len(), "place")));
    let nothing = match run.gate {
        Gate::NotProven => Some("This run proves nothing of what it did not read or judge.".to_owned()),
        _ => None,
    };
    let as_of = Some("Start and end are the instant as of which was judged.".to_owned());
    [gaps, nothing, as_of].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
