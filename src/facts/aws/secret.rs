//! Secrets, their rotation and their policies.

use serde_json::Value as Json;

use crate::facts::aws::{api, key, policy_document, schedule};
use crate::facts::catalogue::*;
use crate::facts::mapped::{Feed, Role, Target};
use crate::facts::mapping::{EMPTY, Mapping, derived, joined, observed, relation};
use crate::facts::view::{View, text, to_bool, to_integer};
use crate::model::{FactState, Kind, Text, Unknown, Value};
use crate::source::terraform::Attribute;

const ONLY_RUNNING: &str = "only what runs tells when a secret was used";

/// Judged are the secrets that something logs in to a database with; `link` knows which.
pub(super) static SECRET: Mapping = Mapping {
    resource_type: "aws_secretsmanager_secret",
    kind: Some(|_| Kind::Secret),
    // RDS keeps the administrator's password in a secret of its own, which nobody else may change.
    concerns: |view| view.text("owning_service").is_none(),
    ids: &["id", "arn", "name"],
    target: Some(Target::Secret),
    rows: &[
        derived(CUSTOMER_MANAGED_KEY, &["kms_key_id"], |view| key::customer_managed(view, "kms_key_id")),
        joined(SECRET_ROTATION, "rotation_enabled"),
        joined(ROTATION_PERIOD_DAYS, "rotation_rules"),
        joined(POLICY_PUBLIC, "policy"),
        joined(POLICY_FOREIGN_ACCOUNTS, "policy"),
        observed(SECRET_SET_AT, text("set_at"), ONLY_RUNNING),
        observed(SECRET_LAST_USED_AT, text("last_used_at"), ONLY_RUNNING),
    ],
    relations: &[relation(Role::Key, &[Target::Key], "kms_key_id")],
    feed: Some(|view| Feed::Secret { rotated: rotated(view), policy: policy_document::told(view) }),
    api: &api::SECRET,
    ..EMPTY
};

pub(super) static SECRET_POLICY: Mapping = Mapping {
    resource_type: "aws_secretsmanager_secret_policy",
    relations: &[relation(Role::Whole, &[Target::Secret], "secret_arn")],
    feed: Some(|view| Feed::Policy(policy_document::of(view))),
    ..EMPTY
};

pub(super) static ROTATION: Mapping = Mapping {
    resource_type: "aws_secretsmanager_secret_rotation",
    relations: &[relation(Role::Secrets, &[Target::Secret], "secret_id")],
    feed: Some(|view| Feed::SecretRotation(period(view))),
    ..EMPTY
};

pub(super) static SECRET_VERSION: Mapping = Mapping {
    resource_type: "aws_secretsmanager_secret_version",
    relations: &[relation(Role::Whole, &[Target::Secret], "secret_id")],
    feed: Some(|view| Feed::SecretVersion(holds_a_database(view))),
    ..EMPTY
};

/// Providers before version 5 record whether the secret is rotated.
fn rotated(view: &View<'_>) -> Option<bool> {
    match view.get("rotation_enabled") {
        Attribute::Known(value) => to_bool(value),
        // What runs and was never set up for rotation says nothing of it (see the API's words).
        Attribute::Null if view.running.is_some() => Some(false),
        _ => None,
    }
}

/// After how many days the secret is rotated, by its rules.
fn period(view: &View<'_>) -> FactState {
    match view.get("rotation_rules") {
        Attribute::Known(Json::Array(rules)) if rules.len() == 1 => {
            of_rules(view, rules.first().unwrap_or(&Json::Null))
        }
        Attribute::Sensitive => FactState::Unknown(Unknown::Sensitive),
        Attribute::Undetermined(why) => FactState::Unknown(why.clone()),
        _ => FactState::Unknown(Unknown::KnownAfterApply),
    }
}

fn of_rules(view: &View<'_>, rules: &Json) -> FactState {
    let fields = ["automatically_after_days", "schedule_expression"];
    if fields.iter().any(|field| view.unknown_in_block("rotation_rules", 0, field)) {
        return FactState::Unknown(Unknown::KnownAfterApply);
    }
    let days = rules.get("automatically_after_days").and_then(to_integer).filter(|days| *days > 0);
    let by_schedule = || rules.get("schedule_expression").and_then(Json::as_str).and_then(schedule::longest_days);
    let unread = Unknown::Invalid(Text::Static("the rotation's schedule cannot be read"));
    days.or_else(by_schedule).map_or(FactState::Unknown(unread), |days| FactState::Known(Value::Integer(days)))
}

/// Whether what a secret holds comes of a database: its address, its name, its password.
fn holds_a_database(view: &View<'_>) -> bool {
    let attributes = ["secret_string", "secret_string_wo"];
    let references = attributes.iter().filter_map(|attribute| view.references(attribute));
    let mut named = references.flat_map(|references| references.led.resources.iter().chain(&*references.addresses));
    named.any(|address| key::names_database(address))
}
