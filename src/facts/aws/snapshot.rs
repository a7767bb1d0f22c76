//! Database snapshots. A snapshot's engine, encryption and key are those of what it was taken of.

use crate::facts::aws::{api, key, shared};
use crate::facts::catalogue::*;
use crate::facts::mapped::{Role, Target};
use crate::facts::mapping::{Derived, EMPTY, Mapping, RelationRow, Row, derived, given, observed, relation};
use crate::facts::view::{Constant, Presence, View, boolean, lower, strings};
use crate::model::{FactState, Kind, SetBy, Unknown, Value};

const KEY: RelationRow = relation(Role::Key, &[Target::Key], "kms_key_id");

const SNAPSHOT: Mapping = Mapping { kind: Some(|_| Kind::Snapshot), target: Some(Target::Snapshot), ..EMPTY };

pub(super) static DB_SNAPSHOT: Mapping = Mapping {
    resource_type: "aws_db_snapshot",
    name: "db_snapshot_identifier",
    ids: &["id", "db_snapshot_identifier", "db_snapshot_arn"],
    restores: &["db_instance_identifier"],
    rows: &[
        given(ENGINE, lower("engine").inherited()),
        given(ENCRYPTED_AT_REST, boolean("encrypted").inherited()),
        derived(CUSTOMER_MANAGED_KEY, &["kms_key_id"], |view| customer_managed_key(view, "encrypted")),
        derived(STORAGE_KEY, &["kms_key_id"], |view| key_of_snapshot(view, "encrypted")),
        given(SHARED_WITH, strings("shared_accounts").means(Constant::Empty)),
        derived(MANUAL_SNAPSHOT, &["snapshot_type"], |view| is_manual(view, "snapshot_type")),
    ],
    relations: &[relation(Role::Source, &[Target::Instance], "db_instance_identifier"), KEY],
    api: &api::SNAPSHOT,
    ..SNAPSHOT
};

pub(super) static DB_CLUSTER_SNAPSHOT: Mapping = Mapping {
    resource_type: "aws_db_cluster_snapshot",
    name: "db_cluster_snapshot_identifier",
    ids: &["id", "db_cluster_snapshot_identifier", "db_cluster_snapshot_arn"],
    restores: &["db_cluster_identifier"],
    rows: &[
        given(ENGINE, lower("engine").inherited()),
        given(ENCRYPTED_AT_REST, boolean("storage_encrypted").inherited()),
        derived(CUSTOMER_MANAGED_KEY, &["kms_key_id"], |view| customer_managed_key(view, "storage_encrypted")),
        derived(STORAGE_KEY, &["kms_key_id"], |view| key_of_snapshot(view, "storage_encrypted")),
        given(SHARED_WITH, strings("shared_accounts").means(Constant::Empty)),
        derived(MANUAL_SNAPSHOT, &["snapshot_type"], |view| is_manual(view, "snapshot_type")),
    ],
    relations: &[relation(Role::Source, &[Target::Cluster], "db_cluster_identifier"), KEY],
    api: &api::CLUSTER_SNAPSHOT,
    ..SNAPSHOT
};

pub(super) static DOCDB_CLUSTER_SNAPSHOT: Mapping =
    Mapping { resource_type: "aws_docdb_cluster_snapshot", rows: UNSHARED, ..DB_CLUSTER_SNAPSHOT_OF_OTHERS };

pub(super) static NEPTUNE_CLUSTER_SNAPSHOT: Mapping =
    Mapping { resource_type: "aws_neptune_cluster_snapshot", rows: UNSHARED, ..DB_CLUSTER_SNAPSHOT_OF_OTHERS };

const DB_CLUSTER_SNAPSHOT_OF_OTHERS: Mapping = Mapping {
    name: "db_cluster_snapshot_identifier",
    ids: &["id", "db_cluster_snapshot_identifier", "db_cluster_snapshot_arn"],
    restores: &["db_cluster_identifier"],
    relations: &[relation(Role::Source, &[Target::Cluster], "db_cluster_identifier"), KEY],
    api: &api::CLUSTER_SNAPSHOT,
    ..SNAPSHOT
};

const UNSHARED: &[Row] = &[
    given(ENGINE, lower("engine").inherited()),
    given(ENCRYPTED_AT_REST, boolean("storage_encrypted").inherited()),
    derived(CUSTOMER_MANAGED_KEY, &["kms_key_id"], |view| customer_managed_key(view, "storage_encrypted")),
    derived(STORAGE_KEY, &["kms_key_id"], |view| key_of_snapshot(view, "storage_encrypted")),
    observed(SHARED_WITH, strings("shared_accounts"), "Terraform cannot share a snapshot of this type"),
    derived(MANUAL_SNAPSHOT, &["snapshot_type"], |view| is_manual(view, "snapshot_type")),
];

pub(super) static DB_SNAPSHOT_COPY: Mapping = Mapping {
    resource_type: "aws_db_snapshot_copy",
    name: "target_db_snapshot_identifier",
    ids: &["id", "target_db_snapshot_identifier", "db_snapshot_arn"],
    restores: &["source_db_snapshot_identifier"],
    rows: &[
        given(ENGINE, lower("engine").inherited()),
        derived(ENCRYPTED_AT_REST, &["encrypted", "kms_key_id"], copy_encrypted),
        derived(CUSTOMER_MANAGED_KEY, &["kms_key_id"], |view| {
            shared::storage_key(view, copy_encrypted(view), "kms_key_id")
        }),
        derived(STORAGE_KEY, &["kms_key_id"], |view| key::of_storage(view, copy_encrypted(view), "kms_key_id")),
        given(SHARED_WITH, strings("shared_accounts").means(Constant::Empty)),
        derived(MANUAL_SNAPSHOT, &["snapshot_type"], |view| is_manual(view, "snapshot_type")),
    ],
    relations: &[relation(Role::Source, &[Target::Snapshot], "source_db_snapshot_identifier"), KEY],
    ..SNAPSHOT
};

/// Whether somebody took it: all that Terraform takes are.
pub(super) fn is_manual(view: &View<'_>, attribute: &'static str) -> Derived {
    match lower(attribute).creates(Constant::Text("manual")).state(view) {
        (FactState::Known(kind), set_by) => (FactState::Known(Value::Bool(kind.as_str() == Some("manual"))), set_by),
        open => open,
    }
}

/// A copy that names a key is encrypted with it; another is encrypted as what it copies.
fn copy_encrypted(view: &View<'_>) -> Derived {
    match key::presence(view, "kms_key_id") {
        Presence::Set if view.new => (FactState::Known(true.into()), SetBy::Derived),
        Presence::Undetermined if view.new => (FactState::Unknown(Unknown::KnownAfterApply), SetBy::Derived),
        _ => boolean("encrypted").inherited().state(view),
    }
}

fn customer_managed_key(view: &View<'_>, encrypted: &'static str) -> Derived {
    match boolean(encrypted).inherited().state(view) {
        (state @ FactState::Known(Value::Bool(false)), set_by) => (state, set_by),
        _ => key::customer_managed(view, "kms_key_id"),
    }
}

fn key_of_snapshot(view: &View<'_>, encrypted: &'static str) -> Derived {
    key::of_storage(view, boolean(encrypted).inherited().state(view), "kms_key_id")
}
