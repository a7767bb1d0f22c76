//! ElastiCache: replication groups, clusters and nodes, serverless caches, and the groups that they use. What a replication
//! group does not say itself, such as its security groups, its nodes say; Terraform reads it there too.

use serde_json::{Value as Json, json};

use super::groups::{by_another_call, each_of};
use crate::facts::api::{Api, Field, Object, Told, at, items, list, optional, plain, text_at, with};
use crate::facts::catalogue::SUBNET_ZONES;
use crate::facts::view::strings;

pub(in crate::facts::aws) const REPLICATION_GROUP: Api = Api {
    object: "ReplicationGroup",
    silence: "the reply of elasticache:DescribeReplicationGroups does not hold it",
    fields: GROUP,
    direct: &[],
};

pub(in crate::facts::aws) const CACHE_CLUSTER: Api = Api {
    object: "CacheCluster",
    silence: "the reply of elasticache:DescribeCacheClusters does not hold it",
    fields: CLUSTER,
    direct: &[],
};

pub(in crate::facts::aws) const SERVERLESS_CACHE: Api = Api {
    object: "ServerlessCache",
    silence: "the reply of elasticache:DescribeServerlessCaches does not hold it",
    fields: SERVERLESS,
    direct: &[],
};

pub(in crate::facts::aws) const CACHE_SUBNET_GROUP: Api = Api {
    object: "CacheSubnetGroup",
    silence: "the reply of elasticache:DescribeCacheSubnetGroups does not hold it",
    fields: SUBNETS,
    direct: &[(SUBNET_ZONES, strings("subnet_zones"))],
};

pub(in crate::facts::aws) const CACHE_PARAMETER_GROUP: Api = Api {
    object: "CacheParameterGroup",
    silence: "the reply of elasticache:DescribeCacheParameterGroups does not hold it",
    fields: PARAMETERS,
    direct: &[],
};

const GROUP: &[Field] = &[
    plain("arn", "ReplicationGroup.ARN"),
    plain("replication_group_id", "ReplicationGroup.ReplicationGroupId"),
    plain("engine", "ReplicationGroup.Engine"),
    plain("node_type", "ReplicationGroup.CacheNodeType"),
    // API_GlobalReplicationGroupInfo: told of those that belong to a global datastore.
    optional("global_replication_group_id", "ReplicationGroup.GlobalReplicationGroupInfo.GlobalReplicationGroupId"),
    with("is_secondary", "ReplicationGroup.GlobalReplicationGroupInfo.GlobalReplicationGroupMemberRole", is_secondary),
    with("at_rest_encryption_enabled", "ReplicationGroup.AtRestEncryptionEnabled", encrypted),
    // API_ReplicationGroup: the key of whoever chose one; others are encrypted with the service's own.
    optional("kms_key_id", "ReplicationGroup.KmsKeyId"),
    plain("transit_encryption_enabled", "ReplicationGroup.TransitEncryptionEnabled"),
    optional("transit_encryption_mode", "ReplicationGroup.TransitEncryptionMode"),
    with("auth_token_enabled", "ReplicationGroup.AuthTokenEnabled", asks_who),
    with("auth_token", "ReplicationGroup.AuthTokenEnabled", by_another_call),
    list("user_group_ids", "ReplicationGroup.UserGroupIds"),
    plain("auto_minor_version_upgrade", "ReplicationGroup.AutoMinorVersionUpgrade"),
    with("port", "ReplicationGroup.NodeGroups.PrimaryEndpoint.Port", port_of_group),
    plain("network_type", "ReplicationGroup.NetworkType"),
    // API_ReplicationGroup: it may be left out when it is 0, which is off.
    with("snapshot_retention_limit", "ReplicationGroup.SnapshotRetentionLimit", retention),
    plain("snapshot_window", "ReplicationGroup.SnapshotWindow"),
    with("multi_az_enabled", "ReplicationGroup.MultiAZ", |object| is_on(object, "MultiAZ")),
    with("automatic_failover_enabled", "ReplicationGroup.AutomaticFailover", |object| {
        is_on(object, "AutomaticFailover")
    }),
    with("num_cache_clusters", "ReplicationGroup.MemberClusters", |object| {
        Told::from(at(object, "MemberClusters").and_then(Json::as_array).map(|nodes| json!(nodes.len())))
    }),
    with("num_node_groups", "ReplicationGroup.NodeGroups", by_another_call),
    with("replicas_per_node_group", "ReplicationGroup.NodeGroups", by_another_call),
    with("log_delivery_configuration", "ReplicationGroup.LogDeliveryConfigurations", logs),
    with("engine_version", "CacheCluster.EngineVersion", by_another_call),
    with("maintenance_window", "CacheCluster.PreferredMaintenanceWindow", by_another_call),
    with("security_group_ids", "CacheCluster.SecurityGroups", by_another_call),
    with("subnet_group_name", "CacheCluster.CacheSubnetGroupName", by_another_call),
    with("parameter_group_name", "CacheCluster.CacheParameterGroup.CacheParameterGroupName", by_another_call),
    with("unapplied_groups", "CacheCluster.CacheParameterGroup.ParameterApplyStatus", by_another_call),
    with("tags_all", "ListTagsForResource.TagList", by_another_call),
];

const CLUSTER: &[Field] = &[
    plain("arn", "CacheCluster.ARN"),
    plain("cluster_id", "CacheCluster.CacheClusterId"),
    optional("replication_group_id", "CacheCluster.ReplicationGroupId"),
    plain("engine", "CacheCluster.Engine"),
    plain("engine_version", "CacheCluster.EngineVersion"),
    plain("node_type", "CacheCluster.CacheNodeType"),
    with("at_rest_encryption_enabled", "CacheCluster.AtRestEncryptionEnabled", encrypted),
    plain("transit_encryption_enabled", "CacheCluster.TransitEncryptionEnabled"),
    optional("transit_encryption_mode", "CacheCluster.TransitEncryptionMode"),
    with("auth_token_enabled", "CacheCluster.AuthTokenEnabled", asks_who),
    plain("auto_minor_version_upgrade", "CacheCluster.AutoMinorVersionUpgrade"),
    plain("maintenance_window", "CacheCluster.PreferredMaintenanceWindow"),
    with("security_group_ids", "CacheCluster.SecurityGroups", security_groups),
    plain("subnet_group_name", "CacheCluster.CacheSubnetGroupName"),
    with("port", "CacheCluster.CacheNodes.Endpoint.Port", port_of_cluster),
    plain("network_type", "CacheCluster.NetworkType"),
    with("snapshot_retention_limit", "CacheCluster.SnapshotRetentionLimit", retention),
    plain("snapshot_window", "CacheCluster.SnapshotWindow"),
    plain("availability_zone", "CacheCluster.PreferredAvailabilityZone"),
    plain("num_cache_nodes", "CacheCluster.NumCacheNodes"),
    with("log_delivery_configuration", "CacheCluster.LogDeliveryConfigurations", logs),
    plain("parameter_group_name", "CacheCluster.CacheParameterGroup.CacheParameterGroupName"),
    with("unapplied_groups", "CacheCluster.CacheParameterGroup.ParameterApplyStatus", unapplied_groups),
    with("tags_all", "ListTagsForResource.TagList", by_another_call),
];

const SERVERLESS: &[Field] = &[
    plain("arn", "ServerlessCache.ARN"),
    plain("name", "ServerlessCache.ServerlessCacheName"),
    plain("engine", "ServerlessCache.Engine"),
    plain("major_engine_version", "ServerlessCache.MajorEngineVersion"),
    optional("kms_key_id", "ServerlessCache.KmsKeyId"),
    plain("security_group_ids", "ServerlessCache.SecurityGroupIds"),
    plain("subnet_ids", "ServerlessCache.SubnetIds"),
    // API_ServerlessCache: the users' group, if there is one.
    optional("user_group_id", "ServerlessCache.UserGroupId"),
    with("snapshot_retention_limit", "ServerlessCache.SnapshotRetentionLimit", retention),
    plain("daily_snapshot_time", "ServerlessCache.DailySnapshotTime"),
    with("tags_all", "ListTagsForResource.TagList", by_another_call),
];

const SUBNETS: &[Field] = &[
    plain("arn", "CacheSubnetGroup.ARN"),
    plain("name", "CacheSubnetGroup.CacheSubnetGroupName"),
    with("subnet_ids", "CacheSubnetGroup.Subnets", |object| each_of(object, "Subnets", "SubnetIdentifier")),
    with("subnet_zones", "CacheSubnetGroup.Subnets", |object| {
        each_of(object, "Subnets", "SubnetAvailabilityZone.Name")
    }),
    with("tags_all", "ListTagsForResource.TagList", by_another_call),
];

const PARAMETERS: &[Field] = &[
    plain("arn", "CacheParameterGroup.ARN"),
    plain("name", "CacheParameterGroup.CacheParameterGroupName"),
    plain("family", "CacheParameterGroup.CacheParameterGroupFamily"),
    with("parameter", "Parameter.ParameterValue", by_another_call),
    with("tags_all", "ListTagsForResource.TagList", by_another_call),
];

/// API_GlobalReplicationGroupInfo: `PRIMARY` or `SECONDARY`; one that belongs to no global datastore is neither.
fn is_secondary(object: &Object<'_>) -> Told {
    let role = text_at(object, "GlobalReplicationGroupInfo.GlobalReplicationGroupMemberRole");
    Told::Value(json!(role.is_some_and(|role| role.eq_ignore_ascii_case("secondary"))))
}

/// Whether data at rest is encrypted: the type of encryption tells more than the switch, which means keys that somebody chose
/// (API_ReplicationGroup, `AtRestEncryptionEnabled`).
fn encrypted(object: &Object<'_>) -> Told {
    match text_at(object, "StorageEncryptionType") {
        Some("none") => Told::Value(json!(false)),
        Some(_) => Told::Value(json!(true)),
        None => Told::from(at(object, "AtRestEncryptionEnabled").cloned()),
    }
}

/// Whether there is a password, or a group of users.
fn asks_who(object: &Object<'_>) -> Told {
    let users = items(object, "UserGroupIds").iter().any(|group| group.as_str().is_some());
    match at(object, "AuthTokenEnabled").and_then(Json::as_bool) {
        _ if users => Told::Value(json!(true)),
        password => Told::from(password.map(|on| json!(on))),
    }
}

/// `enabled` and `disabled`, and the words for being on the way to one of them.
fn is_on(object: &Object<'_>, member: &str) -> Told {
    match text_at(object, member) {
        Some("enabled" | "enabling") => Told::Value(json!(true)),
        Some("disabled" | "disabling") => Told::Value(json!(false)),
        _ => Told::Nothing(None),
    }
}

/// Without a limit no automatic snapshot is taken.
pub(super) fn retention(object: &Object<'_>) -> Told {
    Told::Value(at(object, "SnapshotRetentionLimit").cloned().unwrap_or_else(|| json!(0)))
}

fn port_of_group(object: &Object<'_>) -> Told {
    let of_all = at(object, "ConfigurationEndpoint.Port");
    let of_first = || at(items(object, "NodeGroups").first()?, "PrimaryEndpoint.Port");
    Told::from(of_all.or_else(of_first).cloned())
}

/// Memcached has an endpoint of the whole cluster; the nodes are told when they are asked for.
fn port_of_cluster(object: &Object<'_>) -> Told {
    let of_all = at(object, "ConfigurationEndpoint.Port");
    let of_first = || at(items(object, "CacheNodes").first()?, "Endpoint.Port");
    Told::from(of_all.or_else(of_first).cloned())
}

/// The logs that are delivered, or are about to be, as Terraform's blocks.
fn logs(object: &Object<'_>) -> Told {
    let delivers = |log: &&Json| !matches!(text_at(log, "Status"), Some("disabling" | "error"));
    let logs = items(object, "LogDeliveryConfigurations").iter().filter(delivers);
    Told::Value(logs.map(|log| json!({"log_type": log.get("LogType")})).collect())
}

/// The security groups of a cluster or node.
pub(in crate::facts::aws) fn security_groups(object: &Object<'_>) -> Told {
    each_of(object, "SecurityGroups", "SecurityGroupId")
}

/// The parameter group, where it is not in force.
pub(in crate::facts::aws) fn unapplied_groups(object: &Object<'_>) -> Told {
    let of = |member: &str| text_at(object, member);
    unapplied(of("CacheParameterGroup.CacheParameterGroupName"), of("CacheParameterGroup.ParameterApplyStatus"))
}

/// A parameter group with its status, unless it is in force.
pub(super) fn unapplied(group: Option<&str>, status: Option<&str>) -> Told {
    Told::from(group.zip(status).map(|(name, status)| match status {
        "in-sync" => json!([]),
        status => json!([format!("parameter group {name}: {status}")]),
    }))
}
