//! The rows of `drift`.

use serde::{Serialize, Serializer};

use crate::model::{
    Against, Drift, DriftClass, DriftEffect, DriftSubject, DriftedResource, Location, Mover, Pending, Place, Severity,
    Value,
};

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
    severity: Option<Severity>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    effects: &'a [DriftEffect],
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a Place>,
    location: &'a Location,
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
            reason: drift.reason.as_ref().map(crate::model::Text::as_str),
            moved_by: drift.moved_by,
            severity: drift.severity(),
            effects: &drift.effects,
            place: drift.place.as_ref(),
            location: drift.location(),
        }
    }
}
