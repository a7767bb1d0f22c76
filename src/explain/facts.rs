//! The facts of an explanation: what is known of each, and where it came from.

use std::sync::Arc;

use serde::Serialize;

use crate::facts::{api_members_of, origin_of};
use crate::model::{
    FactPath, FactState, Finding, Pending, Place, Resource, Results, SetBy, SourceKind, Text, Unknown, Value,
};
use crate::source::aws::{Operation, calls_that_give};

/// One fact that the rule reads.
#[derive(Debug, Serialize)]
pub struct ExplainedFact<'a> {
    /// The fact, as the rule writes it.
    pub name: &'a FactPath,
    /// What is known.
    pub state: State,
    /// The value, or the part of it that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<&'a Value>,
    /// Why it is unknown, known only in part, or missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The value to come, and what it waits for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending: Option<PendingValue<'a>>,
    /// The unit of a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<&'static str>,
    /// Whether the rule can do without it.
    pub optional: bool,
    /// Whether the rule can fail on a part of it.
    pub monotone: bool,
    /// The attribute that it came from, in the source's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribute: Option<&'static str>,
    /// The resource that holds the attribute, when it is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<&'a Arc<str>>,
    /// Who set the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set_by: Option<SetBy>,
    /// The members of the provider's API that tell it, and the calls that give them, of what runs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<Call>,
    /// The line that sets it, and those that lead there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<&'a Place>,
}

/// What is known of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// All of it.
    Known,
    /// Some elements of it.
    Partial,
    /// Nothing.
    Unknown,
    /// The resource has no such property.
    Missing,
}

impl State {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::Partial => "known in part",
            Self::Unknown => "unknown",
            Self::Missing => "missing",
        }
    }
}

/// A value that waits.
#[derive(Debug, Serialize)]
pub struct PendingValue<'a> {
    /// The value to come.
    pub value: &'a Value,
    /// What it waits for.
    pub waits_for: &'a Text,
}

/// A member of the provider's API, and the call that gives it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Call {
    /// `DBInstance.MultiAZ`.
    pub member: &'static str,
    /// `rds:DescribeDBInstances`.
    pub call: String,
}

/// Every fact that the rule of a finding reads, in the rule's order.
pub(super) fn explained<'a>(
    results: &'a Results,
    source: SourceKind,
    resource: u32,
    finding: &Finding<'a>,
) -> Vec<ExplainedFact<'a>> {
    let Finding { rule, outcome, .. } = *finding;
    let states = rule.reads.iter().zip(&outcome.facts).enumerate();
    let fact = |(position, (path, state))| {
        let fact = of(finding, source, path, state);
        let place = place(results, position, resource, path).filter(|_| fact.state != State::Missing);
        ExplainedFact { place, ..fact }
    };
    states.map(fact).collect()
}

fn of<'a>(finding: &Finding<'a>, source: SourceKind, path: &'a FactPath, found: &'a FactState) -> ExplainedFact<'a> {
    let Finding { rule, resource, .. } = *finding;
    let (state, value, reason) = match found {
        FactState::Known(value) => (State::Known, Some(value), None),
        FactState::Partial(value, why) => (State::Partial, Some(value), Some(why_not(why))),
        FactState::Unknown(why) => (State::Unknown, None, Some(why_not(why))),
        FactState::Missing(why) => (State::Missing, None, Some(why.to_string())),
    };
    let origin = origin_of(resource, path).filter(|_| state != State::Missing);
    let is_running = source == SourceKind::Inventory && state != State::Missing;
    ExplainedFact {
        name: path,
        state,
        value,
        reason,
        pending: pending(resource, path).map(|Pending { value, waits_for }| PendingValue { value, waits_for }),
        unit: path.fact.def().unit,
        optional: rule.optional.contains(path),
        monotone: rule.monotone.contains(path),
        attribute: origin.map(|origin| origin.attribute),
        of: origin.and_then(|origin| origin.resource.as_ref()),
        set_by: origin.map(|origin| origin.set_by),
        calls: if is_running { calls(resource, path) } else { Vec::new() },
        place: None,
    }
}

fn why_not(why: &Unknown) -> String {
    if *why == Unknown::Sensitive {
        "its value is withheld because it is sensitive".to_owned()
    } else {
        why.to_string()
    }
}

fn pending<'a>(resource: &'a Resource, path: &FactPath) -> Option<&'a Pending> {
    if path.before {
        return None;
    }
    let of_key = |key: &Arc<str>| resource.facts.map(path.fact)?.entries.get(key)?.pending.as_deref();
    match &path.key {
        Some(key) => of_key(key),
        None => resource.facts.get(path.fact)?.pending.as_deref(),
    }
}

/// The line of one fact, which was looked for as a finding of its own.
fn place<'a>(results: &'a Results, position: usize, resource: u32, path: &FactPath) -> Option<&'a Place> {
    // What was there before the plan is not written anywhere.
    if path.before {
        return None;
    }
    let of_fact = results.verdicts.get(position + 1)?;
    let (_, outcome) = of_fact.verdicts.iter().find(|(of, _)| *of == resource)?;
    results.finding(of_fact.rule, resource, of_fact.outcomes.get(*outcome as usize)?)?.place()
}

fn calls(resource: &Resource, path: &FactPath) -> Vec<Call> {
    let members = api_members_of(resource.resource_type, path.fact);
    let calls = members.into_iter().flat_map(|member| {
        let found = calls_that_give(member);
        found.into_iter().map(move |operation: &Operation| Call { member, call: operation.to_string() })
    });
    calls.collect()
}
