//! DynamoDB Accelerator (DAX): clusters and their subnet groups. What DAX holds is DynamoDB's, which keeps it. Defaults are those
//! of the provider's documentation, and of the service model that botocore ships.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::facts::aws::cache::{self, always};
use crate::facts::aws::{api, shared};
use crate::facts::catalogue::*;
use crate::facts::common::{PLANNED_ACTION_OF_ALL, REPLACE_ATTRIBUTES_OF_ALL};
use crate::facts::mapped::{Role, Target};
use crate::facts::mapping::{Derived, EMPTY, Mapping, Row, absent, derived, given, joined, relation};
use crate::facts::view::{Constant, View, boolean, integer, lower, strings, text};
use crate::model::{FactState, Kind, SetBy, Unknown, Value};
use crate::source::terraform::Attribute;

pub(super) static DAX_CLUSTER: Mapping = Mapping {
    resource_type: "aws_dax_cluster",
    kind: Some(|_| Kind::Cluster),
    name: "cluster_name",
    ids: &["id", "arn", "cluster_name"],
    rows: CLUSTER,
    common: cache::COMMON,
    relations: &[
        relation(Role::SubnetGroup, &[Target::DaxSubnetGroup], "subnet_group_name"),
        relation(Role::SecurityGroups, &[Target::SecurityGroup], "security_group_ids"),
    ],
    api: &api::DAX_CLUSTER,
    ..EMPTY
};

const SSE: &str = "server_side_encryption";

/// Off without a block, and in a block that does not say.
fn encrypted(view: &View<'_>) -> Derived {
    if view.running.is_some() {
        return boolean("encrypted").state(view);
    }
    let state = match (view.get(SSE), view.blocks(SSE).first()) {
        (Attribute::Undetermined(why), _) => FactState::Unknown(why.clone()),
        (Attribute::Referenced(_), _) => FactState::Unknown(Unknown::KnownAfterApply),
        _ if view.unknown_in_block(SSE, 0, "enabled") => FactState::Unknown(Unknown::KnownAfterApply),
        (_, block) => {
            let on = block.and_then(|block| block.get("enabled")).and_then(crate::facts::view::to_bool);
            FactState::Known(Value::Bool(on.unwrap_or(false)))
        }
    };
    (state, SetBy::Source)
}

/// Whether the endpoint takes TLS only; an endpoint has one of the two
/// (docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAXEncryptionInTransit.html).
fn tls_required(view: &View<'_>) -> Derived {
    match lower("cluster_endpoint_encryption_type").means(Constant::Text("none")).state(view) {
        (FactState::Known(Value::String(kind)), set_by) => (FactState::Known(Value::Bool(&*kind == "tls")), set_by),
        open => open,
    }
}

/// Nobody chooses it: 8111, or 9111 with TLS
/// (docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.create-cluster.cli.configure-inbound-rules.html).
fn port(view: &View<'_>) -> Derived {
    match (integer("port").state(view), tls_required(view)) {
        ((FactState::Unknown(_), _), (FactState::Known(tls), _)) if view.new => {
            always(if tls == Value::Bool(true) { 9111 } else { 8111 })
        }
        (told, _) => told,
    }
}

/// Whether nodes stand in several zones: in those that are named; when none is, the provider spreads them (botocore's model of
/// `CreateCluster`, `AvailabilityZones`).
fn multi_az(view: &View<'_>) -> Derived {
    let nodes = view.blocks("nodes").iter().filter_map(|node| node.get("availability_zone").and_then(Json::as_str));
    let seen: BTreeSet<&str> = nodes.collect();
    if !view.new && !seen.is_empty() {
        return always(seen.len() > 1);
    }
    match (strings("availability_zones").state(view), has_replicas(view)) {
        ((FactState::Known(zones), SetBy::Source), _) if zones.as_list().is_some_and(|zones| !zones.is_empty()) => {
            always(zones.as_list().is_some_and(|zones| zones.len() > 1))
        }
        ((FactState::Partial(..), _), _) => (FactState::Unknown(Unknown::KnownAfterApply), SetBy::Source),
        ((_, SetBy::Default), spread) => spread,
        ((FactState::Unknown(why), _), _) => (FactState::Unknown(why), SetBy::Source),
        (_, spread) => spread,
    }
}

/// A replica is promoted when the primary fails (docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.concepts.cluster.html).
fn has_replicas(view: &View<'_>) -> Derived {
    match integer("replication_factor").state(view) {
        (FactState::Known(Value::Integer(nodes)), set_by) => (FactState::Known(Value::Bool(nodes > 1)), set_by),
        open => open,
    }
}

fn role(view: &View<'_>) -> Derived {
    match text("iam_role_arn").state(view) {
        (FactState::Known(role), set_by) => (FactState::Known(Value::set([role])), set_by),
        open => open,
    }
}

const ONE_KEY: &str = "DAX encrypts with a key that the provider manages; nobody chooses another";
const NOT_KEPT: &str = "what DAX holds is DynamoDB's, which keeps the backups";
const PARAMETERS_OF_ITEMS: &str = "the parameters of DAX say how long items are held, and nothing else";

const CLUSTER: &[Row] = &[
    // Identity
    derived(ENGINE, &["cluster_name"], |_| always("dax")),
    absent(ENGINE_VERSION, "DAX shows no version"),
    absent(ENGINE_MAJOR_VERSION, "DAX shows no version"),
    derived(HOLDS_DATA, &["cluster_name"], shared::no),
    derived(IS_REPLICA, &["cluster_name"], shared::no),
    derived(RESTORED, &["cluster_name"], shared::no),
    absent(GLOBAL_CLUSTER, "DAX is of one region"),
    given(CLUSTER_INSTANCE_CLASS, text("node_type")),
    // Encryption
    derived(ENCRYPTED_AT_REST, &["server_side_encryption"], encrypted),
    absent(CUSTOMER_MANAGED_KEY, ONE_KEY),
    absent(STORAGE_KEY, ONE_KEY),
    absent(KEY_ROTATION, ONE_KEY),
    absent(KEY_ENABLED, ONE_KEY),
    derived(TLS_REQUIRED, &["cluster_endpoint_encryption_type"], tls_required),
    // Patch
    absent(AUTO_MINOR_VERSION_UPGRADE, "the provider patches DAX in the maintenance window"),
    given(MAINTENANCE_WINDOW, lower("maintenance_window")),
    // Access
    joined(INGRESS_CIDRS, "security_group_ids"),
    given(SECURITY_GROUPS, strings("security_group_ids")),
    joined(SUBNETS_WITH_INTERNET_ROUTE, "subnet_group_name"),
    given(SUBNET_GROUP, lower("subnet_group_name").creates(Constant::Text("default"))),
    derived(PORT, &["port", "cluster_endpoint_encryption_type"], port),
    absent(NETWORK_TYPE, "Terraform does not choose the network type of DAX"),
    absent(IAM_AUTHENTICATION, "every request to DAX is signed with the provider's identities"),
    derived(IAM_ROLES, &["iam_role_arn"], role),
    absent(AUTHENTICATION_REQUIRED, "every request to DAX is signed with the provider's identities"),
    // Retention
    absent(BACKUP_RETENTION_DAYS, NOT_KEPT),
    absent(BACKUP_WINDOW, NOT_KEPT),
    absent(FINAL_SNAPSHOT, NOT_KEPT),
    // Availability
    derived(MULTI_AZ, &["availability_zones", "replication_factor"], multi_az),
    derived(AUTOMATIC_FAILOVER, &["replication_factor"], has_replicas),
    given(AVAILABILITY_ZONES, strings("availability_zones")),
    given(MEMBER_COUNT, integer("replication_factor")),
    // Logging
    absent(LOG_EXPORTS, "DAX delivers no logs"),
    // Parameters
    absent(PARAMETERS, PARAMETERS_OF_ITEMS),
    given(PARAMETER_GROUP, lower("parameter_group_name")),
    absent(DEFAULT_PARAMETER_GROUP, PARAMETERS_OF_ITEMS),
    // Change
    absent(APPLY_IMMEDIATELY, "changes of DAX are always made at once"),
];

static UNTAGGED: &[Row] =
    &[absent(TAGS, "subnet groups of DAX have no tags"), PLANNED_ACTION_OF_ALL, REPLACE_ATTRIBUTES_OF_ALL];

pub(super) static DAX_SUBNET_GROUP: Mapping = Mapping {
    resource_type: "aws_dax_subnet_group",
    kind: Some(|_| Kind::SubnetGroup),
    ids: &["id", "name"],
    target: Some(Target::DaxSubnetGroup),
    common: UNTAGGED,
    rows: &[joined(SUBNET_ZONES, "subnet_ids"), given(SUBNETS, strings("subnet_ids"))],
    relations: &[relation(Role::Subnets, &[Target::Subnet], "subnet_ids")],
    api: &api::DAX_SUBNET_GROUP,
    ..EMPTY
};
