//! Amazon ElastiCache: replication groups of Redis and Valkey, and serverless caches; with the groups that they refer to.
//!
//! A replication group's settings are its own; the clusters in it are its nodes. Defaults are those of the provider's
//! documentation and of its source, where that says what it sends (`internal/service/elasticache` of
//! hashicorp/terraform-provider-aws).

use crate::facts::aws::cache::{self, always, unless_memcached};
use crate::facts::aws::{api, engine, key, shared};
use crate::facts::catalogue::*;
use crate::facts::mapped::{Role, Target};
use crate::facts::mapping::{
    Derived, EMPTY, Mapping, Row, absent, change, derived, given, joined, map, planned, relation,
};
use crate::facts::parameters::{of_group, static_changes, unjoined};
use crate::facts::view::{Attr, Constant, Presence, View, boolean, integer, lower, strings, text, to_integer};
use crate::model::{FactState, Kind, SetBy, Unknown, Value};
use crate::source::terraform::Attribute;

pub(super) static REPLICATION_GROUP: Mapping = Mapping {
    resource_type: "aws_elasticache_replication_group",
    kind: Some(|_| Kind::Cluster),
    name: "replication_group_id",
    ids: &["id", "arn", "replication_group_id"],
    target: Some(Target::ReplicationGroup),
    replicates: &["global_replication_group_id"],
    rows: GROUP,
    api: &api::REPLICATION_GROUP,
    common: cache::COMMON,
    relations: &[
        relation(Role::Parameters, &[Target::CacheParameterGroup], "parameter_group_name"),
        relation(Role::SubnetGroup, &[Target::CacheSubnetGroup], "subnet_group_name"),
        relation(Role::SecurityGroups, &[Target::SecurityGroup], "security_group_ids"),
        relation(Role::Key, &[Target::Key], "kms_key_id"),
    ],
    ..EMPTY
};

const GROUP_NAME: Attr = lower("parameter_group_name").inherited();

/// The provider asks for `redis` when nothing is said, unless the group joins a global datastore.
const GROUP_ENGINE: Attr = lower("engine").creates(Constant::Text("redis")).inherited();

/// Catalogue row elasticache-encrypted-at-rest: omitted, Redis is not encrypted and Valkey is.
fn group_encrypted(view: &View<'_>) -> Derived {
    match GROUP_ENGINE.state(view).0.known().and_then(Value::as_str) {
        Some("valkey") => {
            boolean("at_rest_encryption_enabled").creates(Constant::Boolean(true)).inherited().state(view)
        }
        Some(_) => boolean("at_rest_encryption_enabled").creates(Constant::Boolean(false)).inherited().state(view),
        None => boolean("at_rest_encryption_enabled").inherited().state(view),
    }
}

/// What joins a global datastore by its configuration replicates it; one that is recorded in one may as well be its primary.
fn is_secondary(view: &View<'_>) -> Derived {
    let configured = view.is_configured("global_replication_group_id");
    match (view.presence("global_replication_group_id"), configured) {
        (Presence::Omitted, _) | (_, Some(false)) => (FactState::Known(Value::Bool(false)), SetBy::Derived),
        (Presence::Set, Some(true)) => (FactState::Known(Value::Bool(true)), SetBy::Derived),
        (Presence::Set, None) if view.new => (FactState::Known(Value::Bool(true)), SetBy::Derived),
        _ if view.running.is_some() => boolean("is_secondary").state(view),
        _ => (FactState::Unknown(NO_ROLE), SetBy::Source),
    }
}

const NO_ROLE: Unknown = Unknown::NotCollected(crate::model::Text::Static(
    "the source does not say whether it is the primary of its global datastore",
));

/// A password, or users with passwords of their own. The provider records no password that it was not given.
fn authentication(view: &View<'_>) -> Derived {
    if view.running.is_some() {
        return boolean("auth_token_enabled").state(view);
    }
    let users = view.presence("user_group_ids");
    let state = match (view.get("auth_token"), users) {
        // What is never computed is unknown only when it is set.
        (Attribute::Null, Presence::Set) => FactState::Known(Value::Bool(true)),
        (Attribute::Null, Presence::Omitted) => FactState::Known(Value::Bool(false)),
        (Attribute::Null, Presence::Undetermined) => FactState::Unknown(Unknown::KnownAfterApply),
        _ => FactState::Known(Value::Bool(true)),
    };
    (state, SetBy::Derived)
}

/// Nodes of all shards: `num_cache_clusters`, or shards with their replicas; one when nothing is said.
fn nodes(view: &View<'_>) -> Derived {
    let number = |name: &str| match view.get(name) {
        Attribute::Known(value) => to_integer(value),
        _ => None,
    };
    let known = |nodes| (FactState::Known(Value::Integer(nodes)), SetBy::Derived);
    let is_omitted = |name: &str| view.presence(name) == Presence::Omitted;
    match (number("num_cache_clusters"), number("num_node_groups"), number("replicas_per_node_group")) {
        (Some(nodes), ..) => known(nodes),
        (None, shards, Some(replicas)) => known(shards.unwrap_or(1) * (replicas + 1)),
        _ if view.new && ["num_cache_clusters", "num_node_groups"].iter().all(|name| is_omitted(name)) => known(1),
        _ => integer("num_cache_clusters").state(view),
    }
}

const GROUP: &[Row] = &[
    // Identity
    given(ENGINE, GROUP_ENGINE),
    derived(ENGINE_VERSION, &["engine_version"], |view| cache::version(view, "engine_version")),
    derived(ENGINE_MAJOR_VERSION, &["engine_version", "engine"], |view| engine::major_of_engine(view, GROUP_ENGINE)),
    derived(HOLDS_DATA, &["engine"], shared::yes),
    derived(IS_REPLICA, &["global_replication_group_id"], is_secondary),
    derived(RESTORED, &["snapshot_arns", "snapshot_name"], |view| {
        shared::any_set(view, &["snapshot_arns", "snapshot_name"])
    }),
    given(GLOBAL_CLUSTER, lower("global_replication_group_id").none_missing("it belongs to no global datastore")),
    given(CLUSTER_INSTANCE_CLASS, text("node_type").inherited()),
    // Encryption
    derived(ENCRYPTED_AT_REST, &["at_rest_encryption_enabled", "engine"], group_encrypted),
    derived(CUSTOMER_MANAGED_KEY, &["kms_key_id"], |view| {
        shared::storage_key(view, group_encrypted(view), "kms_key_id")
    }),
    derived(STORAGE_KEY, &["kms_key_id"], |view| key::of_storage_or_unseen(view, group_encrypted(view), "kms_key_id")),
    joined(KEY_ROTATION, "kms_key_id"),
    joined(KEY_ENABLED, "kms_key_id"),
    derived(TLS_REQUIRED, &["transit_encryption_enabled", "transit_encryption_mode"], cache::tls_required),
    // Patch
    given(AUTO_MINOR_VERSION_UPGRADE, boolean("auto_minor_version_upgrade").creates(Constant::Boolean(true))),
    given(MAINTENANCE_WINDOW, lower("maintenance_window")),
    // Access
    joined(INGRESS_CIDRS, "security_group_ids"),
    given(SECURITY_GROUPS, strings("security_group_ids")),
    joined(SUBNETS_WITH_INTERNET_ROUTE, "subnet_group_name"),
    given(SUBNET_GROUP, lower("subnet_group_name").creates(Constant::Text("default"))),
    given(PORT, integer("port").means(Constant::Integer(6379))),
    given(NETWORK_TYPE, lower("network_type")),
    absent(IAM_AUTHENTICATION, "each user of a cache says how it logs in"),
    absent(IAM_ROLES, "caches assume no roles"),
    derived(AUTHENTICATION_REQUIRED, &["auth_token", "user_group_ids"], authentication),
    // Retention
    given(BACKUP_RETENTION_DAYS, integer("snapshot_retention_limit").means(Constant::Integer(0))),
    given(BACKUP_WINDOW, lower("snapshot_window")),
    derived(FINAL_SNAPSHOT, &["final_snapshot_identifier"], |view| {
        cache::final_snapshot(view, "final_snapshot_identifier")
    }),
    // Availability
    given(MULTI_AZ, boolean("multi_az_enabled").default(false)),
    given(AUTOMATIC_FAILOVER, boolean("automatic_failover_enabled").default(false)),
    absent(AVAILABILITY_ZONES, "the zones of a replication group are those of its nodes"),
    derived(MEMBER_COUNT, &["num_cache_clusters", "num_node_groups", "replicas_per_node_group"], nodes),
    // Logging
    derived(LOG_EXPORTS, &["log_delivery_configuration"], cache::log_exports),
    // Parameters
    map(PARAMETERS, &["parameter_group_name"], unjoined),
    given(PARAMETER_GROUP, GROUP_NAME),
    derived(DEFAULT_PARAMETER_GROUP, &["parameter_group_name"], |view| {
        shared::default_parameter_group(view, GROUP_NAME)
    }),
    // Change
    planned(APPLY_IMMEDIATELY, boolean("apply_immediately").creates(Constant::Boolean(false))),
];

/// A global datastore: what it is made of decides about it.
pub(super) static GLOBAL_REPLICATION_GROUP: Mapping = Mapping {
    resource_type: "aws_elasticache_global_replication_group",
    kind: Some(|_| Kind::GlobalCluster),
    name: "global_replication_group_id",
    ids: &["id", "arn", "global_replication_group_id"],
    restores: &["primary_replication_group_id"],
    rows: &[
        given(ENGINE, lower("engine").inherited()),
        derived(HOLDS_DATA, &["engine"], shared::yes),
        derived(ENGINE_VERSION, &["engine_version"], |view| cache::version(view, "engine_version")),
        derived(ENGINE_MAJOR_VERSION, &["engine_version", "engine"], engine::major_version),
        given(ENCRYPTED_AT_REST, boolean("at_rest_encryption_enabled").inherited()),
        absent(EXTENDED_SUPPORT, "nobody chooses whether a global datastore enters extended support"),
        absent(DELETION_PROTECTION, "global datastores have no deletion protection"),
    ],
    relations: &[relation(Role::Source, &[Target::ReplicationGroup], "primary_replication_group_id")],
    ..EMPTY
};

pub(super) static SERVERLESS_CACHE: Mapping = Mapping {
    resource_type: "aws_elasticache_serverless_cache",
    kind: Some(|_| Kind::Cluster),
    ids: &["id", "arn", "name"],
    rows: SERVERLESS,
    api: &api::SERVERLESS_CACHE,
    common: cache::COMMON,
    relations: &[
        relation(Role::Subnets, &[Target::Subnet], "subnet_ids"),
        relation(Role::SecurityGroups, &[Target::SecurityGroup], "security_group_ids"),
        relation(Role::Key, &[Target::Key], "kms_key_id"),
    ],
    ..EMPTY
};

const BY_ITSELF: &str = "a serverless cache is run by the provider: it has no nodes to set it on";

/// A snapshot of what is encrypted is encrypted; serverless caches always are
/// (docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html).
fn yes(_: &View<'_>) -> Derived {
    always(true)
}

const SERVERLESS: &[Row] = &[
    // Identity
    given(ENGINE, lower("engine")),
    given(ENGINE_VERSION, text("major_engine_version")),
    derived(ENGINE_MAJOR_VERSION, &["major_engine_version", "engine"], |view| {
        engine::major_of(lower("engine").state(view).0, text("major_engine_version").state(view))
    }),
    derived(HOLDS_DATA, &["engine"], cache::holds_data),
    derived(IS_REPLICA, &["engine"], shared::no),
    derived(RESTORED, &["snapshot_arns_to_restore"], |view| shared::any_set(view, &["snapshot_arns_to_restore"])),
    absent(GLOBAL_CLUSTER, "a serverless cache belongs to no global datastore"),
    absent(CLUSTER_INSTANCE_CLASS, BY_ITSELF),
    // Encryption
    derived(ENCRYPTED_AT_REST, &["engine"], yes),
    derived(CUSTOMER_MANAGED_KEY, &["kms_key_id"], |view| key::customer_managed(view, "kms_key_id")),
    derived(STORAGE_KEY, &["kms_key_id"], |view| key::of_storage_or_unseen(view, always(true), "kms_key_id")),
    joined(KEY_ROTATION, "kms_key_id"),
    joined(KEY_ENABLED, "kms_key_id"),
    // docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html: all serverless caches have it.
    derived(TLS_REQUIRED, &["engine"], yes),
    // Patch
    // docs.aws.amazon.com/AmazonElastiCache/latest/dg/WhatIs.html: patches and minor versions come by themselves.
    derived(AUTO_MINOR_VERSION_UPGRADE, &["engine"], yes),
    absent(MAINTENANCE_WINDOW, BY_ITSELF),
    // Access
    joined(INGRESS_CIDRS, "security_group_ids"),
    given(SECURITY_GROUPS, strings("security_group_ids")),
    joined(SUBNETS_WITH_INTERNET_ROUTE, "subnet_ids"),
    absent(SUBNET_GROUP, "a serverless cache names its subnets itself"),
    derived(PORT, &["engine"], serverless_port),
    absent(NETWORK_TYPE, "Terraform does not choose the network type of a serverless cache"),
    absent(IAM_AUTHENTICATION, "each user of a cache says how it logs in"),
    absent(IAM_ROLES, "caches assume no roles"),
    derived(AUTHENTICATION_REQUIRED, &["user_group_id", "engine"], |view| {
        unless_memcached(view, NO_USERS, || shared::any_set(view, &["user_group_id"]))
    }),
    // Retention
    derived(BACKUP_RETENTION_DAYS, &["snapshot_retention_limit", "engine"], |view| {
        let days = integer("snapshot_retention_limit").creates(Constant::Integer(0));
        unless_memcached(view, "nobody chooses how long snapshots of serverless Memcached are kept", || {
            days.state(view)
        })
    }),
    given(BACKUP_WINDOW, lower("daily_snapshot_time")),
    absent(FINAL_SNAPSHOT, "Terraform takes no last snapshot of a serverless cache"),
    // Availability
    // docs.aws.amazon.com/AmazonElastiCache/latest/dg/WhatIs.html: data is kept in several zones, and fails over by itself.
    derived(MULTI_AZ, &["engine"], yes),
    derived(AUTOMATIC_FAILOVER, &["engine"], yes),
    absent(AVAILABILITY_ZONES, BY_ITSELF),
    absent(MEMBER_COUNT, BY_ITSELF),
    // Logging
    absent(LOG_EXPORTS, "a serverless cache delivers no logs"),
    // Parameters
    absent(PARAMETERS, BY_ITSELF),
    absent(PARAMETER_GROUP, BY_ITSELF),
    absent(DEFAULT_PARAMETER_GROUP, BY_ITSELF),
    // Change
    absent(APPLY_IMMEDIATELY, "changes of a serverless cache are always made at once"),
];

/// Why Memcached asks nobody who they are.
pub(super) const NO_USERS: &str = "Memcached of ElastiCache knows no users";

/// The ports of serverless caches are fixed; with TLS, which is always on, Memcached has its own
/// (docs.aws.amazon.com/AmazonElastiCache/latest/dg/set-up.html).
fn serverless_port(view: &View<'_>) -> Derived {
    match engine::known(view).as_deref() {
        Some("redis" | "valkey") => always(6379),
        Some("memcached") => always(11211),
        _ => (lower("engine").state(view).0, SetBy::Source),
    }
}

pub(super) static SUBNET_GROUP_OF_CACHES: Mapping = Mapping {
    resource_type: "aws_elasticache_subnet_group",
    kind: Some(|_| Kind::SubnetGroup),
    ids: &["id", "arn", "name"],
    target: Some(Target::CacheSubnetGroup),
    api: &api::CACHE_SUBNET_GROUP,
    rows: &[joined(SUBNET_ZONES, "subnet_ids"), given(SUBNETS, strings("subnet_ids"))],
    relations: &[relation(Role::Subnets, &[Target::Subnet], "subnet_ids")],
    ..EMPTY
};

pub(super) static PARAMETER_GROUP_OF_CACHES: Mapping = Mapping {
    resource_type: "aws_elasticache_parameter_group",
    kind: Some(|_| Kind::ParameterGroup),
    ids: &["id", "arn", "name"],
    target: Some(Target::CacheParameterGroup),
    api: &api::CACHE_PARAMETER_GROUP,
    rows: &[
        map(PARAMETERS, &["parameter", "family"], of_group),
        given(PARAMETER_GROUP_FAMILY, lower("family")),
        change(STATIC_PARAMETERS_CHANGED, "parameter", static_changes),
    ],
    ..EMPTY
};
