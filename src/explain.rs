//! Why a rule gave a resource its verdict: the tier, the parameters, every fact with its state and its origin, and what the
//! statements of the rule did with them.
//!
//! An explanation is made of the results of a run like any other, so it cannot say something else than a scan.
//! [`ask_for_places`] has each fact looked for in the source, and [`explain`] puts everything together.

mod facts;
#[cfg(test)]
pub(crate) mod questions;
mod text;

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value as Json;

use crate::baseline::{Origin, Phase};
use crate::model::{
    FactState, Finding, Kind, Outcome, Results, Rule, RuleVerdicts, RunInfo, Severity, SourceKind, Value, Verdict,
};
use crate::policy::{Data, Policy, Reached, Trace};
pub use facts::{Call, ExplainedFact, State};

/// The name and version of the form.
const SCHEMA: &str = "dbkeel.explanation/v1";

/// Why a rule gave some resources their verdicts. Its text is for people, its JSON for programs.
#[derive(Debug, Serialize)]
pub struct Explanation<'a> {
    schema: &'static str,
    /// What judged, and as of when.
    pub run: &'a RunInfo,
    /// The rule.
    pub rule: &'a Rule,
    /// Each resource; by id.
    pub resources: Vec<Explained<'a>>,
}

/// Why a rule gave one resource its verdict.
#[derive(Debug, Serialize)]
pub struct Explained<'a> {
    /// The resource's id.
    pub id: &'a str,
    /// What it is.
    pub kind: Kind,
    /// Its type in the source's own words.
    #[serde(rename = "type")]
    pub resource_type: &'a str,
    /// What it was read from.
    pub source: &'a str,
    /// What that is.
    pub source_kind: SourceKind,
    /// The verdict.
    pub verdict: Verdict,
    /// How much a failure matters.
    pub severity: Severity,
    /// What the rule says, or why it says nothing.
    pub messages: &'a [Arc<str>],
    /// The tier.
    pub tier: &'a str,
    /// Why that tier.
    pub tier_reason: &'a str,
    /// The parameters that the rule reads.
    pub parameters: Vec<Parameter<'a>>,
    /// The facts that the rule reads.
    pub facts: Vec<ExplainedFact<'a>>,
    /// What the rule did; `None` when it was not asked, because what it reads is missing or not known.
    pub trace: Option<Trace>,
    /// Why there is no trace though the rule was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace_error: Option<String>,
    /// What the rule saw as `data`, without the lifecycles of engines.
    pub data: Json,
}

/// A parameter that the rule reads.
#[derive(Debug, Serialize)]
pub struct Parameter<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its value in the resource's tier.
    pub value: &'a Value,
    /// Its unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<&'a str>,
    /// The value when no baseline sets one.
    pub default: &'a Value,
    /// Who set it; `None` when nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set_by: Option<SetIn<'a>>,
}

/// Where a baseline sets a value.
#[derive(Debug, Serialize)]
pub struct SetIn<'a> {
    /// The file.
    pub file: &'a str,
    /// The line, from 1.
    pub line: u32,
    /// Whether it is set for every tier at once, rather than for this one.
    pub every_tier: bool,
}

impl<'a> SetIn<'a> {
    fn of(origin: &'a Origin) -> Self {
        Self { file: &origin.file, line: origin.line, every_tier: origin.every_tier }
    }
}

/// Has the place of each fact that the rule reads looked for: one finding a fact, beside those of the rule. `results` are those
/// of one rule, before places are looked for.
pub fn ask_for_places(results: &mut Results, resources: &[u32]) {
    let (Some(rule), Some(of_rule)) = (results.rules.first().cloned(), results.verdicts.first()) else { return };
    let mut verdicts = Vec::new();
    for (position, path) in rule.reads.iter().enumerate() {
        let outcome = |index: &u32| {
            let state = of_rule.outcomes.get(*index as usize).and_then(|outcome| outcome.facts.get(position));
            // Places are looked for where something is wrong or not known.
            Outcome {
                verdict: Verdict::Unknown,
                messages: Vec::new(),
                waived_by: None,
                facts: state.cloned().into_iter().collect(),
            }
        };
        let wanted = of_rule.verdicts.iter().filter(|(resource, _)| resources.contains(resource));
        let (outcomes, of_resources) =
            (0u32..).zip(wanted).map(|(number, (resource, index))| (outcome(index), (*resource, number))).unzip();
        verdicts.push(RuleVerdicts { rule: position + 1, outcomes, verdicts: of_resources });
        let alone = Rule { reads: vec![path.clone()], applicability: None, ..rule.as_ref().clone() };
        results.rules.push(Arc::new(alone));
    }
    results.verdicts.append(&mut verdicts);
}

/// Explains the verdicts of a rule. `results` are those of [`ask_for_places`], `phase` what the baseline asks on that day, and
/// `data` what rules see in each tier.
pub fn explain<'a>(
    results: &'a Results,
    policy: &'a Policy,
    phase: &'a Phase,
    data: &[Data],
    resources: &[u32],
) -> Explanation<'a> {
    let findings = results.verdicts.first().into_iter().flat_map(|of_rule| {
        let wanted = of_rule.verdicts.iter().filter(|(resource, _)| resources.contains(resource));
        wanted.filter_map(|(resource, outcome)| {
            let finding = results.finding(of_rule.rule, *resource, of_rule.outcomes.get(*outcome as usize)?)?;
            let tier = results.assignments.get(*resource as usize)?.tier;
            Some((*resource, finding, data.get(usize::from(tier))?))
        })
    });
    let resources =
        findings.filter_map(|(resource, finding, data)| explained(results, policy, (phase, data), resource, &finding));
    Explanation { schema: SCHEMA, run: &results.run, rule: &policy.rule, resources: resources.collect() }
}

fn explained<'a>(
    results: &'a Results,
    policy: &'a Policy,
    (phase, data): (&'a Phase, &Data),
    index: u32,
    finding: &Finding<'a>,
) -> Option<Explained<'a>> {
    let Finding { resource, tier, outcome, .. } = *finding;
    let source = results.sources.get(resource.source as usize)?;
    let number = results.assignments.get(index as usize)?.tier;
    let parameters = policy.rule.parameters.iter().filter_map(|(name, spec)| {
        let value = tier.parameters.get(name)?;
        let set_by = phase.origin(number, name).map(SetIn::of);
        Some(Parameter { name, value, unit: spec.unit.as_deref(), default: &spec.default, set_by })
    });
    let trace = asked(&policy.rule, outcome).map(|asked| {
        let values = policy.rule.reads.iter().zip(&outcome.facts).map(|(path, state)| (path, value(state)));
        let seen = |path| match (asked, &policy.rule.applicability) {
            (Reached::Applicability, Some(needed)) => needed.contains(path),
            _ => true,
        };
        policy.trace(asked, data, values.filter(|(path, _)| seen(*path)))
    });
    let (trace, trace_error) = match trace {
        Some(Ok(trace)) => (Some(trace), None),
        Some(Err(why)) => (None, Some(why)),
        None => (None, None),
    };
    Some(Explained {
        id: &resource.id,
        kind: resource.kind,
        resource_type: resource.resource_type,
        source: &source.path,
        source_kind: source.kind,
        verdict: outcome.verdict,
        severity: finding.severity(),
        messages: &outcome.messages,
        tier: &tier.name,
        tier_reason: finding.tier_reason,
        parameters: parameters.collect(),
        facts: facts::explained(results, source.kind, index, finding),
        trace,
        trace_error,
        data: data.without_engines(),
    })
}

/// What a rule sees of a fact in this state.
fn value(state: &FactState) -> Option<&Value> {
    match state {
        FactState::Known(value) | FactState::Partial(value, _) => Some(value),
        FactState::Unknown(_) | FactState::Missing(_) => None,
    }
}

/// What the rule was asked; the table of the design, as `evaluate` follows it.
fn asked(rule: &Rule, outcome: &Outcome) -> Option<Reached> {
    let states = || rule.reads.iter().zip(&outcome.facts);
    if states().any(|(path, state)| matches!(state, FactState::Missing(_)) && !rule.optional.contains(path)) {
        return None;
    }
    let is_unknown = |(path, state): (&_, &FactState)| match state {
        FactState::Unknown(_) => true,
        FactState::Partial(..) => !rule.monotone.contains(path),
        FactState::Known(_) | FactState::Missing(_) => false,
    };
    if !states().any(is_unknown) {
        return Some(Reached::Everything);
    }
    let needed = rule.applicability.as_ref()?;
    let is_known = |state: &FactState| matches!(state, FactState::Known(_) | FactState::Missing(_));
    let is_asked = states().filter(|(path, _)| needed.contains(path)).all(|(_, state)| is_known(state));
    is_asked.then_some(Reached::Applicability)
}
