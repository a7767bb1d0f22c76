//! Secrets and their rotation.

use crate::facts::aws::api;
use crate::facts::mapped::{Feed, Role, Target};
use crate::facts::mapping::{EMPTY, Mapping, relation};
use crate::facts::view::to_bool;
use crate::source::terraform::Attribute;

pub(super) static SECRET: Mapping = Mapping {
    resource_type: "aws_secretsmanager_secret",
    ids: &["id", "arn", "name"],
    target: Some(Target::Secret),
    // Providers before version 5 record whether the secret is rotated.
    feed: Some(|view| {
        Feed::Secret(match view.get("rotation_enabled") {
            Attribute::Known(value) => to_bool(value),
            // What runs and was never set up for rotation says nothing of it (see the API's words).
            Attribute::Null if view.running.is_some() => Some(false),
            _ => None,
        })
    }),
    api: &api::SECRET,
    ..EMPTY
};

pub(super) static SECRET_ROTATION: Mapping = Mapping {
    resource_type: "aws_secretsmanager_secret_rotation",
    relations: &[relation(Role::Secrets, &[Target::Secret], "secret_id")],
    feed: Some(|_| Feed::SecretRotation),
    ..EMPTY
};
