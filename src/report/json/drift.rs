//! The rows of `drift`, and `comparison`.

use serde::{Serialize, Serializer};

use crate::model::{
    Against, Comparison, CoverageRow, Drift, DriftClass, DriftEffect, DriftReport, DriftSubject, DriftedResource,
    IgnoreUse, Location, Mover, Pending, Place, Severity, Text, Value,
};
use crate::report::drift::Effect;

/// All rows, in the order of the report.
pub(super) struct Rows<'a>(pub(super) &'a [Drift]);

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Row::of))
    }
}

#[derive(Serialize)]
struct Row<'a> {
    class: DriftClass,
    against: Against,
    resource: &'a DriftedResource,
    rule: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    fact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attribute: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    declared: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recorded: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    running: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pending: Option<PendingRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    moved_by: Option<Mover>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effect: Option<Effect>,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<Severity>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    effects: &'a [DriftEffect],
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<&'a Location>,
}

#[derive(Serialize)]
struct PendingRow<'a> {
    value: &'a Value,
    waits_for: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    opens_at: Option<&'a str>,
}

impl<'a> Row<'a> {
    fn of(drift: &'a Drift) -> Self {
        let pending = |pending: &'a Pending| PendingRow {
            value: &pending.value,
            waits_for: pending.waits_for.as_str(),
            opens_at: drift.pending_at.as_deref(),
        };
        let of_source = match &drift.subject {
            DriftSubject::Attribute(attribute) => Some(attribute.as_ref()),
            _ => drift.attribute,
        };
        Self {
            class: drift.class,
            against: drift.against,
            resource: &drift.resource,
            rule: drift.rule_id(),
            fact: match &drift.subject {
                DriftSubject::Fact(path) => Some(path.to_string()),
                _ => None,
            },
            attribute: of_source,
            declared: drift.declared.as_ref(),
            recorded: drift.recorded.as_ref(),
            running: drift.running.as_ref(),
            pending: drift.pending.as_ref().map(pending),
            reason: drift.reason.as_ref().map(Text::as_str),
            moved_by: drift.moved_by,
            effect: Effect::of(drift),
            severity: drift.severity(),
            effects: &drift.effects,
            place: drift.place.as_ref(),
            // A plan reports drift of resources that it holds nothing else of.
            location: Some(drift.location()).filter(|location| !location.file.is_empty()),
        }
    }
}

/// What was compared, and what that covers.
#[derive(Serialize)]
pub(super) struct ComparisonRow<'a> {
    declared: usize,
    running: usize,
    joined: usize,
    compared: usize,
    ignored: usize,
    fail_on: &'a [DriftClass],
    fails: bool,
    coverage: &'a [CoverageRow],
    ignores: &'a [IgnoreUse],
}

impl<'a> ComparisonRow<'a> {
    /// That of a run; `None` when only plans reported drift by themselves.
    pub(super) fn of(report: &'a DriftReport) -> Option<Self> {
        let comparison: &'a Comparison = report.comparison.as_ref()?;
        Some(Self {
            declared: comparison.declared,
            running: comparison.running,
            joined: comparison.joined,
            compared: comparison.compared,
            ignored: comparison.ignored(),
            fail_on: &comparison.fail_on,
            fails: report.fails(),
            coverage: &comparison.coverage,
            ignores: &comparison.ignores,
        })
    }
}

/// How many drifts of each class.
pub(super) struct ByClass<'a>(pub(super) &'a DriftReport);

impl Serialize for ByClass<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(DriftClass::ALL.iter().map(|class| (class, self.0.count(*class))))
    }
}
