//! Keys of the customer.

use crate::facts::aws::{api, policy_document};
use crate::facts::mapped::{Feed, Role, Target};
use crate::facts::mapping::{EMPTY, Mapping, relation};
use crate::facts::view::{View, boolean, text};
use crate::model::{FactState, SetBy, Text, Unknown, Value};

const KEY: Mapping = Mapping { ids: &["id", "arn", "key_id"], target: Some(Target::Key), ..EMPTY };

/// Rotation is off unless it is asked for (catalogue row kms-db-key-rotation).
pub(super) static KMS_KEY: Mapping = Mapping {
    resource_type: "aws_kms_key",
    feed: Some(|view| Feed::Key {
        customers: customers(view),
        rotation: boolean("enable_key_rotation").default(false).state(view).0,
        enabled: boolean("is_enabled").default(true).state(view).0,
        public: public(view),
    }),
    api: &api::KEY,
    ..KEY
};

pub(super) static KMS_REPLICA_KEY: Mapping = Mapping {
    resource_type: "aws_kms_replica_key",
    feed: Some(|view| Feed::Key {
        customers: CUSTOMERS,
        rotation: FactState::Unknown(Unknown::NotCollected(Text::Static(
            "a replica key is rotated with its primary key",
        ))),
        enabled: boolean("enabled").default(true).state(view).0,
        public: public(view),
    }),
    ..KEY
};

pub(super) static KMS_EXTERNAL_KEY: Mapping = Mapping { resource_type: "aws_kms_external_key", ..IMPORTED };

pub(super) static KMS_REPLICA_EXTERNAL_KEY: Mapping =
    Mapping { resource_type: "aws_kms_replica_external_key", ..IMPORTED };

/// AWS cannot rotate key material that it did not make.
const IMPORTED: Mapping = Mapping {
    feed: Some(|view| Feed::Key {
        customers: CUSTOMERS,
        rotation: FactState::Known(Value::Bool(false)),
        enabled: boolean("enabled").state(view).0,
        public: public(view),
    }),
    ..KEY
};

/// The policy of a key, apart from the key.
pub(super) static KMS_KEY_POLICY: Mapping = Mapping {
    resource_type: "aws_kms_key_policy",
    relations: &[relation(Role::Whole, &[Target::Key], "key_id")],
    feed: Some(|view| Feed::KeyPolicy(public(view))),
    ..EMPTY
};

pub(super) static KMS_ALIAS: Mapping = Mapping {
    resource_type: "aws_kms_alias",
    ids: &["id", "arn", "name"],
    target: Some(Target::Key),
    relations: &[relation(Role::Key, &[Target::Key], "target_key_id")],
    feed: Some(|_| Feed::KeyAlias),
    ..EMPTY
};

/// Terraform manages keys of the customer only.
const CUSTOMERS: FactState = FactState::Known(Value::Bool(true));

/// Of a key that runs, KMS tells who manages it.
fn customers(view: &View<'_>) -> FactState {
    if view.running.is_none() {
        return CUSTOMERS;
    }
    match text("key_manager").state(view).0 {
        FactState::Known(manager) => FactState::Known(Value::Bool(manager.as_str() == Some("CUSTOMER"))),
        other => other,
    }
}

/// Whether the policy of a key lets everyone in. A key without a policy of its own gets the default one, which is for its
/// account (docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html).
fn public(view: &View<'_>) -> FactState {
    if view.running.is_some() {
        return boolean("policy_public").state(view).0;
    }
    let default = FactState::Known(Value::Bool(false));
    let unrecorded = FactState::Unknown(Unknown::NotCollected(Text::Static("the source does not record the policy")));
    let omitted = if view.new { default } else { unrecorded };
    policy_document::fact_of(view, "policy", (omitted, SetBy::Default), policy_document::public).0
}
