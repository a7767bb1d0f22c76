//! Drift: an observation each, and the control that what runs is what is declared.

use super::form::{Evidence, Observation, Properties, Reference, Subject};
use super::observations::{DISCOVERY, OF_CONTROL};
use super::run::Run;
use super::words::{code, markup};
use crate::model::{Assessment, ControlReport, ControlStatus, Drift, DriftClass, Results, SourceInfo, VerdictCounts};
use crate::report::drift::{effect_on_rule, notes, what};

/// The id of the control.
pub(super) const CONTROL: &str = "DBK-DRIFT";

/// An observation for each drift.
pub(super) fn observations<'r>(run: &'r Run<'_>) -> impl Iterator<Item = Observation<'r>> + 'r {
    run.drifts().map(|(drift, item, id)| {
        let effects = drift.effects.iter().map(|effect| effect_on_rule(drift, effect));
        let texts: Vec<String> = std::iter::once(what(drift)).chain(notes(drift)).chain(effects).collect();
        let description = format!("{}: {}", code(&drift.resource.id), markup(&texts.join("; ")));
        Observation {
            props: Properties::default()
                .with("drift", drift.class.as_str())
                .with("against", drift.against.as_str())
                .with("rule", &drift.rule_id())
                .with_some("severity", drift.severity().map(|severity| severity.as_str()))
                .with("fingerprint", &drift.fingerprint())
                .with_some("location", place(drift).as_deref()),
            types: if drift.class.can_fail() { DISCOVERY } else { OF_CONTROL },
            subjects: vec![Subject::item(item)],
            relevant_evidence: evidence(run, drift).into_iter().collect(),
            ..Observation::new(run, id, format!("{}: {}", drift.rule_id(), drift.class.meaning()), description)
        }
    })
}

fn place(drift: &Drift) -> Option<String> {
    let location = drift.location();
    location.region.map(|region| format!("{}:{}", location.file, region.start_line))
}

/// The source that the resource was read from, where its path says so.
fn evidence(run: &Run<'_>, drift: &Drift) -> Option<Evidence> {
    let file = &drift.resource.location.file;
    let sources: &[SourceInfo] = &run.results.sources;
    let (source, at) = sources.iter().zip(0u32..).find(|(source, _)| source.path == *file)?;
    Some(Evidence { href: Reference(run.source(at)), description: code(&source.path) })
}

/// What a comparison shows of the control.
pub(super) fn control(results: &Results) -> Option<ControlReport> {
    let comparison = results.drift.comparison.as_ref()?;
    let drifts = &results.drift.drifts;
    let count = |is: &dyn Fn(DriftClass) -> bool| drifts.iter().filter(|drift| is(drift.class)).count();
    // What waits is not yet as declared, and what could not be seen may be anything: nothing can be said.
    let unknown = count(&|class| matches!(class, DriftClass::Pending | DriftClass::Unverifiable));
    let counts = VerdictCounts { fail: count(&DriftClass::can_fail), unknown, ..VerdictCounts::default() };
    let status = match () {
        () if comparison.is_apart() => ControlStatus::NotTested,
        () if counts.fail > 0 => ControlStatus::NotSatisfied,
        () if counts.unknown > 0 => ControlStatus::Unknown,
        () => ControlStatus::Satisfied,
    };
    Some(ControlReport {
        id: CONTROL.into(),
        title: "What runs is what is declared".into(),
        assessment: Assessment::Automated,
        types: Vec::new(),
        remainder: None,
        status,
        counts,
        below_bar: 0,
        rules: Vec::new(),
        lost: Vec::new(),
    })
}
