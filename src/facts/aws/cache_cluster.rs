//! `aws_elasticache_cluster`: Memcached, Redis or Valkey of one node; or a node of a replication group, whose settings are
//! the group's.

use crate::facts::aws::cache::{self, KEEPS_NOTHING, always, unless_memcached};
use crate::facts::aws::elasticache::NO_USERS;
use crate::facts::aws::{api, engine, shared};
use crate::facts::catalogue::*;
use crate::facts::mapped::{Role, Target};
use crate::facts::mapping::{Derived, EMPTY, Mapping, Row, absent, derived, given, joined, map, planned, relation};
use crate::facts::parameters::unjoined;
use crate::facts::view::{Attr, Constant, Presence, View, boolean, integer, lower, strings, text};
use crate::model::{FactState, Kind, SetBy, Text};

pub(super) static CACHE_CLUSTER: Mapping = Mapping {
    resource_type: "aws_elasticache_cluster",
    kind: Some(kind),
    name: "cluster_id",
    ids: &["id", "arn", "cluster_id"],
    rows: ROWS,
    api: &api::CACHE_CLUSTER,
    common: cache::COMMON,
    relations: &[
        relation(Role::Parameters, &[Target::CacheParameterGroup], "parameter_group_name"),
        relation(Role::SubnetGroup, &[Target::CacheSubnetGroup], "subnet_group_name"),
        relation(Role::SecurityGroups, &[Target::SecurityGroup], "security_group_ids"),
    ],
    ..EMPTY
};

fn kind(view: &View<'_>) -> Kind {
    if is_node(view) { Kind::ClusterMember } else { Kind::Cluster }
}

/// A configuration names either the engine or the replication group.
fn is_node(view: &View<'_>) -> bool {
    view.presence("replication_group_id") != Presence::Omitted
}

const ENGINE_NAME: Attr = lower("engine");
const OF_THE_GROUP: &str = "the replication group sets it for its nodes";
const ONE_NODE: &str = "a cache of one node has nothing to fail over to";

/// A fact of a cluster that stands by itself.
fn unless_node(view: &View<'_>, fact: Attr) -> Derived {
    match is_node(view) {
        true => (FactState::Missing(Text::Static(OF_THE_GROUP)), SetBy::Derived),
        false => fact.state(view),
    }
}

/// Only replication groups can be encrypted at rest; that of a single Valkey node nothing tells
/// (docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html).
fn encrypted(view: &View<'_>) -> Derived {
    unless_memcached(view, KEEPS_NOTHING, || match engine::known(view).as_deref() {
        _ if view.running.is_some() => boolean("at_rest_encryption_enabled").state(view),
        Some("redis") => always(false),
        _ => boolean("at_rest_encryption_enabled").state(view),
    })
}

/// The provider makes clusters without a password: only replication groups have one (provider documentation of
/// aws_elasticache_cluster).
fn authentication(view: &View<'_>) -> Derived {
    unless_memcached(view, NO_USERS, || match view.running {
        Some(_) => boolean("auth_token_enabled").state(view),
        None => always(false),
    })
}

/// The ports of Redis and Memcached (provider documentation of aws_elasticache_cluster).
fn port(view: &View<'_>) -> Derived {
    let omitted = match engine::known(view).as_deref() {
        Some("memcached") => Constant::Integer(11211),
        Some(_) => Constant::Integer(6379),
        None => return integer("port").state(view),
    };
    integer("port").creates(omitted).state(view)
}

/// One node, unless it is Memcached.
fn nodes(view: &View<'_>) -> Derived {
    integer("num_cache_nodes").creates(Constant::Integer(1)).state(view)
}

const ROWS: &[Row] = &[
    // Identity
    given(ENGINE, ENGINE_NAME),
    derived(ENGINE_VERSION, &["engine_version"], |view| cache::version(view, "engine_version")),
    derived(ENGINE_MAJOR_VERSION, &["engine_version", "engine"], |view| engine::major_of_engine(view, ENGINE_NAME)),
    given(INSTANCE_CLASS, text("node_type")),
    given(CLUSTER_INSTANCE_CLASS, text("node_type")),
    derived(HOLDS_DATA, &["engine"], cache::holds_data),
    derived(IS_REPLICA, &["engine"], shared::no),
    derived(RESTORED, &["snapshot_arns", "snapshot_name"], |view| {
        shared::any_set(view, &["snapshot_arns", "snapshot_name"])
    }),
    absent(GLOBAL_CLUSTER, "only replication groups belong to global datastores"),
    // Encryption
    derived(ENCRYPTED_AT_REST, &["engine"], encrypted),
    absent(CUSTOMER_MANAGED_KEY, "only replication groups are encrypted with a key"),
    absent(STORAGE_KEY, "only replication groups are encrypted with a key"),
    absent(KEY_ROTATION, "only replication groups are encrypted with a key"),
    absent(KEY_ENABLED, "only replication groups are encrypted with a key"),
    derived(TLS_REQUIRED, &["transit_encryption_enabled"], cache::tls_required),
    // Patch
    derived(AUTO_MINOR_VERSION_UPGRADE, &["auto_minor_version_upgrade", "engine"], |view| {
        // Catalogue row elasticache-auto-minor-upgrade: it means Redis and Valkey.
        unless_memcached(view, "only Redis and Valkey take minor versions by themselves", || {
            unless_node(view, boolean("auto_minor_version_upgrade").default(true))
        })
    }),
    derived(MAINTENANCE_WINDOW, &["maintenance_window"], |view| unless_node(view, lower("maintenance_window"))),
    // Access
    joined(INGRESS_CIDRS, "security_group_ids"),
    given(SECURITY_GROUPS, strings("security_group_ids")),
    joined(SUBNETS_WITH_INTERNET_ROUTE, "subnet_group_name"),
    given(SUBNET_GROUP, lower("subnet_group_name").creates(Constant::Text("default"))),
    derived(PORT, &["port", "engine"], port),
    given(NETWORK_TYPE, lower("network_type")),
    absent(IAM_AUTHENTICATION, "each user of a cache says how it logs in"),
    absent(IAM_ROLES, "caches assume no roles"),
    derived(AUTHENTICATION_REQUIRED, &["engine"], authentication),
    // Retention
    derived(BACKUP_RETENTION_DAYS, &["snapshot_retention_limit", "engine"], |view| {
        let days = integer("snapshot_retention_limit").means(Constant::Integer(0));
        unless_memcached(view, KEEPS_NOTHING, || days.state(view))
    }),
    derived(BACKUP_WINDOW, &["snapshot_window", "engine"], |view| {
        unless_memcached(view, KEEPS_NOTHING, || lower("snapshot_window").state(view))
    }),
    derived(FINAL_SNAPSHOT, &["final_snapshot_identifier", "engine"], |view| {
        unless_memcached(view, KEEPS_NOTHING, || cache::final_snapshot(view, "final_snapshot_identifier"))
    }),
    // Availability
    derived(MULTI_AZ, &["engine"], |view| unless_memcached(view, KEEPS_NOTHING, || always(false))),
    absent(AUTOMATIC_FAILOVER, ONE_NODE),
    given(AVAILABILITY_ZONE, text("availability_zone")),
    absent(AVAILABILITY_ZONES, "the zones of a cache are those of its nodes"),
    derived(MEMBER_COUNT, &["num_cache_nodes"], nodes),
    // Logging
    derived(LOG_EXPORTS, &["log_delivery_configuration", "engine"], |view| {
        unless_memcached(view, "Memcached delivers no logs", || cache::log_exports(view))
    }),
    // Parameters
    map(PARAMETERS, &["parameter_group_name"], unjoined),
    absent(MEMBER_PARAMETERS, OF_THE_GROUP),
    derived(PARAMETER_GROUP, &["parameter_group_name"], |view| unless_node(view, lower("parameter_group_name"))),
    derived(DEFAULT_PARAMETER_GROUP, &["parameter_group_name"], |view| {
        shared::default_parameter_group(view, lower("parameter_group_name"))
    }),
    // Change
    planned(APPLY_IMMEDIATELY, boolean("apply_immediately").creates(Constant::Boolean(false))),
];
