//! Drift in words, for the reports that people read.

use crate::model::{Against, Drift, DriftClass, DriftSubject, Value};

/// What drifted, and how.
pub(super) fn text(drift: &Drift) -> String {
    let subject = &drift.subject;
    match (drift.class, subject) {
        (DriftClass::Missing, DriftSubject::Resource) if drift.against == Against::Plan => {
            "deleted outside Terraform".to_owned()
        }
        (class, DriftSubject::Resource) => class.meaning().to_owned(),
        _ => {
            let (side, value) = match drift.against {
                Against::Plan => ("recorded", &drift.recorded),
                Against::Golden => ("golden", &drift.declared),
                Against::Earlier => ("was", &drift.declared),
                Against::Environment => ("there", &drift.declared),
                Against::Declared => ("declared", &drift.declared),
            };
            match (value, &drift.running) {
                (None, None) => format!("{subject}: values withheld"),
                (value, running) => format!("{subject}: {side} {}, runs with {}", shown(value), shown(running)),
            }
        }
    }
}

/// A value; texts in quotes, so that they are told from words of ours.
pub(super) fn shown(value: &Option<Value>) -> String {
    value.as_ref().and_then(|value| serde_json::to_string(value).ok()).unwrap_or_else(|| "nothing".to_owned())
}
