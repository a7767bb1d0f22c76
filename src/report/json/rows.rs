//! The rows of `verdicts`: one outcome each, with the facts behind it and the resources that show it.

use std::collections::BTreeMap;

use serde::ser::{SerializeMap as _, SerializeSeq as _};
use serde::{Serialize, Serializer};

use crate::facts::origin_of;
use crate::model::{
    Coming, FactPath, FactState, Location, Origin, Outcome, Results, Rule, RuleVerdicts, Severity, Stood, Unknown,
    Value, Verdict,
};

/// All rows: by rule, then by outcome in the order of first appearance.
pub(super) struct Rows<'a>(pub(super) &'a Results);

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rows = serializer.serialize_seq(None)?;
        for of_rule in &self.0.verdicts {
            let Some(rule) = self.0.rules.get(of_rule.rule) else { continue };
            for (outcome, resources) in of_rule.outcomes.iter().zip(by_outcome(of_rule)) {
                for ((severity, standing, origins), resources) in
                    by_origin(self.0, (of_rule.rule, rule), outcome, resources)
                {
                    let facts = FactsRead { paths: &rule.reads, states: &outcome.facts, origins: &origins };
                    rows.serialize_element(&Row {
                        rule: &rule.id,
                        verdict: outcome.verdict,
                        severity: severity.filter(|severity| *severity != rule.severity),
                        standing,
                        messages: &outcome.messages,
                        waiver: WaiverRow::of(self.0, outcome),
                        facts,
                        resources: Ranges(&resources),
                    })?;
                }
            }
        }
        rows.end()
    }
}

/// The resources of each outcome, ascending.
fn by_outcome(of_rule: &RuleVerdicts) -> Vec<Vec<u32>> {
    let mut resources = vec![Vec::new(); of_rule.outcomes.len()];
    for (resource, outcome) in &of_rule.verdicts {
        if let Some(of_outcome) = resources.get_mut(*outcome as usize) {
            of_outcome.push(*resource);
        }
    }
    resources
}

type Origins<'a> = Vec<Option<&'a Origin>>;

/// What tells the resources of an outcome apart: how much it matters in their tiers, how it stands to the change that was judged,
/// where their facts came from.
type Apart<'a> = (Option<Severity>, Option<Stood>, Origins<'a>);

/// Splits the resources of an outcome by what tells them apart, in the order of first appearance. What a person will not look
/// into stays together, without severity and origins.
fn by_origin<'a>(
    results: &'a Results,
    (number, rule): (usize, &Rule),
    outcome: &Outcome,
    resources: Vec<u32>,
) -> Vec<(Apart<'a>, Vec<u32>)> {
    if resources.is_empty() {
        return Vec::new();
    }
    if matches!(outcome.verdict, Verdict::Pass | Verdict::NotApplicable) {
        return vec![((None, None, Vec::new()), resources)];
    }
    let severities = results.severities(rule);
    let standing = results.standing.as_ref().filter(|_| outcome.verdict == Verdict::Fail);
    let mut split: BTreeMap<Apart<'a>, Vec<u32>> = BTreeMap::new();
    for position in resources {
        if let Some(resource) = results.resources.get(position as usize) {
            let origins = rule.reads.iter().map(|path| origin_of(resource, path)).collect();
            let tier = results.assignments.get(position as usize).map(|assignment| usize::from(assignment.tier));
            let severity = tier.and_then(|tier| severities.get(tier).copied());
            let standing = standing.map(|standing| standing.of(number, position));
            split.entry((severity, standing, origins)).or_default().push(position);
        }
    }
    let mut split: Vec<_> = split.into_iter().collect();
    split.sort_by_key(|(_, resources)| resources.first().copied());
    split
}

#[derive(Serialize)]
struct Row<'a> {
    rule: &'a str,
    verdict: Verdict,
    /// In the tier of the resources, where that is not the rule's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<Severity>,
    /// How a failure stands to the change that was judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    standing: Option<Stood>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    messages: &'a [std::sync::Arc<str>],
    #[serde(skip_serializing_if = "Option::is_none")]
    waiver: Option<WaiverRow<'a>>,
    facts: FactsRead<'a>,
    resources: Ranges<'a>,
}

/// What will fail when the baseline changes.
#[derive(Serialize)]
pub(super) struct ComingRow<'a> {
    from: &'a str,
    rule: &'a str,
    title: &'a str,
    severity: Severity,
    /// How much it matters today, when it fails already.
    #[serde(skip_serializing_if = "Option::is_none")]
    today: Option<Severity>,
    messages: &'a [std::sync::Arc<str>],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    reasons: &'a [std::sync::Arc<str>],
    resources: Ranges<'a>,
}

impl<'a> ComingRow<'a> {
    pub(super) fn of(coming: &'a Coming) -> Self {
        Self {
            from: &coming.from,
            rule: &coming.rule.id,
            title: &coming.rule.title,
            severity: coming.severity,
            today: coming.today,
            messages: &coming.messages,
            reasons: &coming.reasons,
            resources: Ranges(&coming.resources),
        }
    }
}

/// What waived an outcome.
#[derive(Serialize)]
struct WaiverRow<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<&'a Location>,
}

impl<'a> WaiverRow<'a> {
    fn of(results: &'a Results, outcome: &'a Outcome) -> Option<Self> {
        let waived_by = outcome.waived_by.as_ref()?;
        let entry = results.waivers.as_ref()?.entries.get(waived_by.waiver as usize)?;
        Some(Self { id: &entry.id, comment: waived_by.comment.as_ref() })
    }
}

struct FactsRead<'a> {
    paths: &'a [FactPath],
    states: &'a [FactState],
    origins: &'a [Option<&'a Origin>],
}

impl Serialize for FactsRead<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (position, (path, state)) in self.paths.iter().zip(self.states).enumerate() {
            let origin = self.origins.get(position).copied().flatten();
            map.serialize_entry(path, &FactRow::new(state, origin))?;
        }
        map.end()
    }
}

#[derive(Serialize)]
struct FactRow<'a> {
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attribute: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attribute_of: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    set_by: Option<crate::model::SetBy>,
}

impl<'a> FactRow<'a> {
    fn new(state: &'a FactState, origin: Option<&'a Origin>) -> Self {
        let (word, value, unknown) = match state {
            FactState::Known(value) => ("known", Some(value), None),
            FactState::Partial(value, why) => ("partial", Some(value), Some(why)),
            FactState::Unknown(why) => ("unknown", None, Some(why)),
            FactState::Missing(_) => ("missing", None, None),
        };
        let reason = match state {
            FactState::Missing(why) => Some(why.to_string()),
            _ => unknown.map(Unknown::to_string),
        };
        Self {
            state: word,
            value,
            cause: unknown.map(cause),
            reason,
            attribute: origin.map(|origin| origin.attribute),
            attribute_of: origin.and_then(|origin| origin.resource.as_deref()),
            set_by: origin.map(|origin| origin.set_by),
        }
    }
}

/// Why a fact is not known, in a word that a program can compare.
pub(in crate::report) fn cause(unknown: &Unknown) -> &'static str {
    match unknown {
        Unknown::KnownAfterApply => "known-after-apply",
        Unknown::Denied(_) => "denied",
        Unknown::NotCollected(_) => "not-collected",
        Unknown::Unresolved(_) => "unresolved",
        Unknown::Sensitive => "withheld",
        Unknown::Invalid(_) => "invalid",
    }
}

/// Ascending positions as runs of neighbours: first and last of each.
pub(super) struct Ranges<'a>(pub(super) &'a [u32]);

impl Serialize for Ranges<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let runs = self.0.chunk_by(|left, right| left.checked_add(1) == Some(*right));
        serializer.collect_seq(runs.filter_map(|run| Some([run.first()?, run.last()?])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_become_one_range() {
        let ranges = |positions: &[u32]| serde_json::to_string(&Ranges(positions)).unwrap();
        assert_eq!(ranges(&[]), "[]");
        assert_eq!(ranges(&[7]), "[[7,7]]");
        assert_eq!(ranges(&[0, 1, 2, 5, 8, 9]), "[[0,2],[5,5],[8,9]]");
    }
}
