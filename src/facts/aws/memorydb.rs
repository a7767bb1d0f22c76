//! Amazon MemoryDB: clusters, their snapshots, and the groups that they refer to. Defaults are those of the provider's
//! documentation.

use crate::facts::aws::cache::{self, always};
use crate::facts::aws::{api, key, shared, snapshot};
use crate::facts::catalogue::*;
use crate::facts::mapped::{Role, Target};
use crate::facts::mapping::{Derived, EMPTY, Mapping, Row, absent, change, derived, given, joined, map, relation};
use crate::facts::parameters::{of_group, static_changes, unjoined};
use crate::facts::view::{Constant, View, boolean, integer, lower, strings, text};
use crate::model::{FactState, Kind, SetBy, Text, Unknown, Value};
use crate::source::terraform::Attribute;

pub(super) static MEMORYDB_CLUSTER: Mapping = Mapping {
    resource_type: "aws_memorydb_cluster",
    kind: Some(|_| Kind::Cluster),
    ids: &["id", "arn", "name"],
    target: Some(Target::MemoryDbCluster),
    rows: CLUSTER,
    common: cache::COMMON,
    relations: &[
        relation(Role::Parameters, &[Target::MemoryDbParameterGroup], "parameter_group_name"),
        relation(Role::SubnetGroup, &[Target::MemoryDbSubnetGroup], "subnet_group_name"),
        relation(Role::SecurityGroups, &[Target::SecurityGroup], "security_group_ids"),
        relation(Role::Key, &[Target::Key], "kms_key_arn"),
    ],
    api: &api::MEMORYDB_CLUSTER,
    ..EMPTY
};

/// docs.aws.amazon.com/memorydb/latest/devguide/at-rest-encryption.html: it is always enabled.
fn yes(_: &View<'_>) -> Derived {
    always(true)
}

/// The access control list that comes with the service lets everybody do everything without a password
/// (docs.aws.amazon.com/memorydb/latest/devguide/clusters.acls.html). One that a configuration makes is another: its name is
/// taken.
fn authentication(view: &View<'_>) -> Derived {
    match (lower("acl_name").state(view), view.get("acl_name")) {
        ((FactState::Known(Value::String(name)), set_by), _) => {
            (FactState::Known(Value::Bool(&*name != "open-access")), set_by)
        }
        (_, Attribute::Referenced(references)) if !references.led.resources.is_empty() => always(true),
        (open, _) => open,
    }
}

/// Replicas of each shard; one unless somebody says otherwise.
fn replicas(view: &View<'_>) -> Derived {
    integer("num_replicas_per_shard").means(Constant::Integer(1)).state(view)
}

/// A replica stands in another zone than its primary, and is promoted when that fails
/// (docs.aws.amazon.com/memorydb/latest/devguide/autofailover.html).
fn has_replicas(view: &View<'_>) -> Derived {
    match replicas(view) {
        (FactState::Known(Value::Integer(replicas)), set_by) => (FactState::Known(Value::Bool(replicas > 0)), set_by),
        open => open,
    }
}

fn nodes(view: &View<'_>) -> Derived {
    let shards = integer("num_shards").means(Constant::Integer(1)).state(view);
    match (shards, replicas(view)) {
        ((FactState::Known(Value::Integer(shards)), set_by), (FactState::Known(Value::Integer(replicas)), _)) => {
            (FactState::Known(Value::Integer(shards * (replicas + 1))), set_by)
        }
        ((FactState::Known(_), _), open) | (open, _) => open,
    }
}

const CLUSTER: &[Row] = &[
    // Identity
    given(ENGINE, lower("engine")),
    given(ENGINE_VERSION, text("engine_version")),
    // The ends of support that are known of Redis are ElastiCache's.
    absent(ENGINE_MAJOR_VERSION, "AWS publishes no calendar of MemoryDB's engine versions"),
    derived(HOLDS_DATA, &["name"], shared::yes),
    derived(IS_REPLICA, &["name"], shared::no),
    derived(RESTORED, &["snapshot_arns", "snapshot_name"], |view| {
        shared::any_set(view, &["snapshot_arns", "snapshot_name"])
    }),
    given(GLOBAL_CLUSTER, lower("multi_region_cluster_name").none_missing("it belongs to no multi-region cluster")),
    given(CLUSTER_INSTANCE_CLASS, text("node_type")),
    // Encryption
    derived(ENCRYPTED_AT_REST, &["name"], yes),
    derived(CUSTOMER_MANAGED_KEY, &["kms_key_arn"], |view| key::customer_managed(view, "kms_key_arn")),
    derived(STORAGE_KEY, &["kms_key_arn"], |view| key::of_storage_or_unseen(view, always(true), "kms_key_arn")),
    joined(KEY_ROTATION, "kms_key_arn"),
    joined(KEY_ENABLED, "kms_key_arn"),
    given(TLS_REQUIRED, boolean("tls_enabled").default(true)),
    // Patch
    given(AUTO_MINOR_VERSION_UPGRADE, boolean("auto_minor_version_upgrade").default(true)),
    given(MAINTENANCE_WINDOW, lower("maintenance_window")),
    // Access
    joined(INGRESS_CIDRS, "security_group_ids"),
    given(SECURITY_GROUPS, strings("security_group_ids")),
    joined(SUBNETS_WITH_INTERNET_ROUTE, "subnet_group_name"),
    given(SUBNET_GROUP, lower("subnet_group_name").creates(Constant::Text("default"))),
    given(PORT, integer("port").creates(Constant::Integer(6379))),
    absent(NETWORK_TYPE, "Terraform does not choose the network type of MemoryDB's clusters"),
    absent(IAM_AUTHENTICATION, "each user says how it logs in"),
    absent(IAM_ROLES, "MemoryDB assumes no roles"),
    derived(AUTHENTICATION_REQUIRED, &["acl_name"], authentication),
    // Retention
    given(BACKUP_RETENTION_DAYS, integer("snapshot_retention_limit").creates(Constant::Integer(0))),
    given(BACKUP_WINDOW, lower("snapshot_window")),
    derived(FINAL_SNAPSHOT, &["final_snapshot_name"], |view| cache::final_snapshot(view, "final_snapshot_name")),
    // Availability
    derived(MULTI_AZ, &["num_replicas_per_shard"], has_replicas),
    derived(AUTOMATIC_FAILOVER, &["num_replicas_per_shard"], has_replicas),
    absent(AVAILABILITY_ZONES, "the zones of a cluster are those of its nodes"),
    derived(MEMBER_COUNT, &["num_replicas_per_shard", "num_shards"], nodes),
    // Logging
    absent(LOG_EXPORTS, "MemoryDB delivers no logs"),
    // Parameters
    map(PARAMETERS, &["parameter_group_name"], unjoined),
    given(PARAMETER_GROUP, lower("parameter_group_name")),
    derived(DEFAULT_PARAMETER_GROUP, &["parameter_group_name"], |view| {
        shared::default_parameter_group(view, lower("parameter_group_name"))
    }),
    // Change
    absent(APPLY_IMMEDIATELY, "changes of MemoryDB are always made at once"),
];

pub(super) static MEMORYDB_SNAPSHOT: Mapping = Mapping {
    resource_type: "aws_memorydb_snapshot",
    kind: Some(|_| Kind::Snapshot),
    ids: &["id", "arn", "name"],
    // That a snapshot without a key of its own has its cluster's is not confirmed by AWS's documentation; moto does so.
    restores: &["cluster_name"],
    rows: SNAPSHOT,
    relations: &[
        relation(Role::Source, &[Target::MemoryDbCluster], "cluster_name"),
        relation(Role::Key, &[Target::Key], "kms_key_arn"),
    ],
    api: &api::MEMORYDB_SNAPSHOT,
    ..EMPTY
};

const SNAPSHOT: &[Row] = &[
    derived(ENGINE, &["cluster_configuration"], engine_of_snapshot),
    derived(ENCRYPTED_AT_REST, &["name"], yes),
    derived(CUSTOMER_MANAGED_KEY, &["kms_key_arn"], |view| key::customer_managed(view, "kms_key_arn")),
    derived(STORAGE_KEY, &["kms_key_arn"], |view| key::of_storage_or_unseen(view, always(true), "kms_key_arn")),
    derived(MANUAL_SNAPSHOT, &["source"], |view| snapshot::is_manual(view, "source")),
    absent(SHARED_WITH, "snapshots of MemoryDB are exported to a bucket, and not shared"),
];

/// The engine of the cluster as it was; older providers do not record it.
fn engine_of_snapshot(view: &View<'_>) -> Derived {
    let engine = view.blocks("cluster_configuration").first().and_then(|cluster| cluster.get("engine")?.as_str());
    let unknown = if view.new { Unknown::KnownAfterApply } else { NOT_RECORDED };
    let state = engine
        .filter(|engine| !engine.is_empty())
        .map_or(FactState::Unknown(unknown), |engine| FactState::Known(Value::from(engine.to_lowercase())));
    (state, SetBy::Source)
}

const NOT_RECORDED: Unknown =
    Unknown::NotCollected(Text::Static("the source does not record the engine of the cluster"));

pub(super) static MEMORYDB_SUBNET_GROUP: Mapping = Mapping {
    resource_type: "aws_memorydb_subnet_group",
    kind: Some(|_| Kind::SubnetGroup),
    ids: &["id", "arn", "name"],
    target: Some(Target::MemoryDbSubnetGroup),
    rows: &[joined(SUBNET_ZONES, "subnet_ids"), given(SUBNETS, strings("subnet_ids"))],
    relations: &[relation(Role::Subnets, &[Target::Subnet], "subnet_ids")],
    api: &api::MEMORYDB_SUBNET_GROUP,
    ..EMPTY
};

pub(super) static MEMORYDB_PARAMETER_GROUP: Mapping = Mapping {
    resource_type: "aws_memorydb_parameter_group",
    kind: Some(|_| Kind::ParameterGroup),
    ids: &["id", "arn", "name"],
    target: Some(Target::MemoryDbParameterGroup),
    rows: &[
        map(PARAMETERS, &["parameter", "family"], of_group),
        given(PARAMETER_GROUP_FAMILY, lower("family")),
        change(STATIC_PARAMETERS_CHANGED, "parameter", static_changes),
    ],
    ..EMPTY
};
