//! Amazon GuardDuty: whether logins to databases are watched.

use crate::facts::aws::api;
use crate::facts::catalogue::*;
use crate::facts::mapped::{Feed, Role, Target};
use crate::facts::mapping::{Derived, EMPTY, Mapping, derived, relation};
use crate::facts::view::{NOT_JOINED, View, boolean, text};
use crate::model::{FactState, Kind, SetBy, Value};

pub(super) static DETECTOR: Mapping = Mapping {
    resource_type: "aws_guardduty_detector",
    kind: Some(|_| Kind::Detector),
    name: "id",
    ids: &["id", "arn"],
    target: Some(Target::Detector),
    rows: &[derived(LOGIN_MONITORING, &["enable"], unless_suspended)],
    api: &api::DETECTOR,
    ..EMPTY
};

/// A detector that is suspended watches nothing, whatever its features are; of another one `link` knows the features.
fn unless_suspended(view: &View<'_>) -> Derived {
    match boolean("enable").default(true).state(view) {
        (FactState::Known(Value::Bool(true)), _) => (NOT_JOINED, SetBy::Inherited),
        off_or_open => off_or_open,
    }
}

/// One thing that a detector watches; which, its name tells.
pub(super) static DETECTOR_FEATURE: Mapping = Mapping {
    resource_type: "aws_guardduty_detector_feature",
    relations: &[relation(Role::Whole, &[Target::Detector], "detector_id")],
    feed: Some(|view| Feed::LoginMonitoring(watches(view))),
    ..EMPTY
};

fn watches(view: &View<'_>) -> FactState {
    match (text("name").state(view).0, text("status").state(view).0) {
        (FactState::Known(name), _) if name.as_str() != Some("RDS_LOGIN_EVENTS") => {
            FactState::Missing("it is about something else".into())
        }
        (FactState::Known(_), FactState::Known(status)) => {
            FactState::Known(Value::Bool(status.as_str() == Some("ENABLED")))
        }
        (FactState::Known(_), unknown) | (unknown, _) => unknown,
    }
}
