//! MemoryDB and DAX.

use serde_json::{Value as Json, json};

use super::cache::{retention, unapplied};
use super::groups::{by_another_call, each_of};
use crate::facts::api::{Api, Field, Object, Told, at, instant_at, items, optional, plain, text_at, with};
use crate::facts::catalogue::SUBNET_ZONES;
use crate::facts::view::strings;

pub(in crate::facts::aws) const MEMORYDB_CLUSTER: Api = Api {
    object: "Cluster",
    silence: "the reply of memorydb:DescribeClusters does not hold it",
    fields: CLUSTER,
    direct: &[],
};

pub(in crate::facts::aws) const MEMORYDB_SNAPSHOT: Api = Api {
    object: "Snapshot",
    silence: "the reply of memorydb:DescribeSnapshots does not hold it",
    fields: SNAPSHOT,
    direct: &[],
};

pub(in crate::facts::aws) const MEMORYDB_SUBNET_GROUP: Api = Api {
    object: "SubnetGroup",
    silence: "the reply of memorydb:DescribeSubnetGroups does not hold it",
    fields: SUBNETS,
    direct: &[(SUBNET_ZONES, strings("subnet_zones"))],
};

pub(in crate::facts::aws) const DAX_CLUSTER: Api =
    Api { object: "Cluster", silence: "the reply of dax:DescribeClusters does not hold it", fields: DAX, direct: &[] };

pub(in crate::facts::aws) const DAX_SUBNET_GROUP: Api = Api {
    object: "SubnetGroup",
    silence: "the reply of dax:DescribeSubnetGroups does not hold it",
    fields: DAX_SUBNETS,
    direct: &[(SUBNET_ZONES, strings("subnet_zones"))],
};

const CLUSTER: &[Field] = &[
    plain("arn", "Cluster.ARN"),
    plain("name", "Cluster.Name"),
    plain("engine", "Cluster.Engine"),
    plain("engine_version", "Cluster.EngineVersion"),
    // API_Cluster: the multi-region cluster, if it belongs to one.
    optional("multi_region_cluster_name", "Cluster.MultiRegionClusterName"),
    plain("node_type", "Cluster.NodeType"),
    // API_Cluster: the key of whoever chose one; others are encrypted with the service's own.
    optional("kms_key_arn", "Cluster.KmsKeyId"),
    plain("tls_enabled", "Cluster.TLSEnabled"),
    plain("auto_minor_version_upgrade", "Cluster.AutoMinorVersionUpgrade"),
    plain("maintenance_window", "Cluster.MaintenanceWindow"),
    with("security_group_ids", "Cluster.SecurityGroups", |object| each_of(object, "SecurityGroups", "SecurityGroupId")),
    plain("subnet_group_name", "Cluster.SubnetGroupName"),
    plain("port", "Cluster.ClusterEndpoint.Port"),
    plain("acl_name", "Cluster.ACLName"),
    with("snapshot_retention_limit", "Cluster.SnapshotRetentionLimit", retention),
    plain("snapshot_window", "Cluster.SnapshotWindow"),
    with("num_replicas_per_shard", "Cluster.Shards.NumberOfNodes", replicas),
    plain("num_shards", "Cluster.NumberOfShards"),
    plain("parameter_group_name", "Cluster.ParameterGroupName"),
    with("unapplied_groups", "Cluster.ParameterGroupStatus", |object| {
        unapplied(text_at(object, "ParameterGroupName"), text_at(object, "ParameterGroupStatus"))
    }),
    with("tags_all", "ListTags.TagList", by_another_call),
];

const SNAPSHOT: &[Field] = &[
    plain("arn", "Snapshot.ARN"),
    plain("name", "Snapshot.Name"),
    plain("cluster_name", "Snapshot.ClusterConfiguration.Name"),
    with("cluster_configuration", "Snapshot.ClusterConfiguration.Engine", |object| {
        Told::from(text_at(object, "ClusterConfiguration.Engine").map(|engine| json!([{"engine": engine}])))
    }),
    optional("kms_key_arn", "Snapshot.KmsKeyId"),
    with("snapshot_create_time", "Snapshot.ClusterConfiguration.Shards.SnapshotCreationTime", taken),
    plain("source", "Snapshot.Source"),
    with("tags_all", "ListTags.TagList", by_another_call),
];

const SUBNETS: &[Field] = &[
    plain("arn", "SubnetGroup.ARN"),
    plain("name", "SubnetGroup.Name"),
    with("subnet_ids", "SubnetGroup.Subnets", |object| each_of(object, "Subnets", "Identifier")),
    with("subnet_zones", "SubnetGroup.Subnets", |object| each_of(object, "Subnets", "AvailabilityZone.Name")),
    with("tags_all", "ListTags.TagList", by_another_call),
];

const DAX: &[Field] = &[
    plain("arn", "Cluster.ClusterArn"),
    plain("cluster_name", "Cluster.ClusterName"),
    plain("node_type", "Cluster.NodeType"),
    with("encrypted", "Cluster.SSEDescription.Status", encrypted),
    with("server_side_encryption", "Cluster.SSEDescription.Status", by_another_call),
    // API_Cluster: none without TLS.
    optional("cluster_endpoint_encryption_type", "Cluster.ClusterEndpointEncryptionType"),
    plain("maintenance_window", "Cluster.PreferredMaintenanceWindow"),
    with("security_group_ids", "Cluster.SecurityGroups", |object| {
        each_of(object, "SecurityGroups", "SecurityGroupIdentifier")
    }),
    plain("subnet_group_name", "Cluster.SubnetGroup"),
    plain("port", "Cluster.ClusterDiscoveryEndpoint.Port"),
    plain("iam_role_arn", "Cluster.IamRoleArn"),
    with("nodes", "Cluster.Nodes.AvailabilityZone", |object| {
        let node = |node: &Json| json!({"availability_zone": node.get("AvailabilityZone")});
        Told::from(at(object, "Nodes").and_then(Json::as_array).map(|nodes| nodes.iter().map(node).collect()))
    }),
    with("availability_zones", "Cluster.Nodes.AvailabilityZone", |object| each_of(object, "Nodes", "AvailabilityZone")),
    plain("replication_factor", "Cluster.TotalNodes"),
    plain("parameter_group_name", "Cluster.ParameterGroup.ParameterGroupName"),
    with("unapplied_groups", "Cluster.ParameterGroup.ParameterApplyStatus", |object| {
        unapplied(
            text_at(object, "ParameterGroup.ParameterGroupName"),
            text_at(object, "ParameterGroup.ParameterApplyStatus"),
        )
    }),
    with("tags_all", "ListTags.Tags", by_another_call),
];

const DAX_SUBNETS: &[Field] = &[
    plain("name", "SubnetGroup.SubnetGroupName"),
    with("subnet_ids", "SubnetGroup.Subnets", |object| each_of(object, "Subnets", "SubnetIdentifier")),
    with("subnet_zones", "SubnetGroup.Subnets", |object| each_of(object, "Subnets", "SubnetAvailabilityZone")),
];

/// A shard has a primary and its replicas; shards are alike.
fn replicas(object: &Object<'_>) -> Told {
    let nodes = items(object, "Shards").first().and_then(|shard| at(shard, "NumberOfNodes")?.as_i64());
    match (nodes, text_at(object, "AvailabilityMode").map(str::to_lowercase).as_deref()) {
        (Some(nodes), _) => Told::Value(json!(nodes - 1)),
        // Which is said without details, too: one zone holds no replica.
        (None, Some("singleaz")) => Told::Value(json!(0)),
        (None, _) => Told::Nothing(None),
    }
}

/// When the first of its shards was taken.
fn taken(object: &Object<'_>) -> Told {
    let shards = at(object, "ClusterConfiguration").map_or(&[][..], |cluster| items(cluster, "Shards"));
    shards.first().map_or(Told::Nothing(None), |shard| instant_at(shard, "SnapshotCreationTime"))
}

fn encrypted(object: &Object<'_>) -> Told {
    match text_at(object, "SSEDescription.Status") {
        Some("ENABLED" | "ENABLING") => Told::Value(json!(true)),
        Some("DISABLED" | "DISABLING") => Told::Value(json!(false)),
        _ => Told::Nothing(None),
    }
}
