//! A DB cluster: of Aurora, DocumentDB or Neptune, or a Multi-AZ DB cluster of RDS.

use serde_json::{Value as Json, json};

use super::groups::each_of;
use super::instance::latest_restorable_time;
use super::{
    activity_stream, encrypted, encryption_type, key, membership, password_managed, security_groups, stopped_since,
    tags,
};
use crate::facts::api::{Api, Field, Object, Told, at, list, optional, plain, text_at, with};
use crate::facts::catalogue::{ACTIVITY_STREAM, MEMBER_COUNT, MULTI_AZ};
use crate::facts::view::{boolean, integer};

pub(in crate::facts::aws) const CLUSTER: Api = Api {
    object: "DBCluster",
    silence: "the reply of rds:DescribeDBClusters does not hold it",
    fields: FIELDS,
    direct: &[
        (MULTI_AZ, boolean("multi_az")),
        (MEMBER_COUNT, integer("member_count")),
        (ACTIVITY_STREAM, boolean("activity_stream").default(false)),
    ],
};

const FIELDS: &[Field] = &[
    // Identity
    plain("arn", "DBCluster.DBClusterArn"),
    plain("cluster_identifier", "DBCluster.DBClusterIdentifier"),
    plain("cluster_resource_id", "DBCluster.DbClusterResourceId"),
    plain("engine", "DBCluster.Engine"),
    plain("engine_version", "DBCluster.EngineVersion"),
    // API_DBCluster: the identifier of the source "if this DB cluster is a read replica".
    optional("replication_source_identifier", "DBCluster.ReplicationSourceIdentifier"),
    // RDS.md section 2.2: newer replies only have it, so that none tells nothing.
    plain("global_cluster_identifier", "DBCluster.GlobalClusterIdentifier"),
    // RDS.md section 2.2: it may be left out.
    plain("database_name", "DBCluster.DatabaseName"),
    plain("db_cluster_instance_class", "DBCluster.DBClusterInstanceClass"),
    with("serverlessv2_scaling_configuration", "DBCluster.ServerlessV2ScalingConfiguration", second_serverless_mode),
    with("serverless_v2_scaling_configuration", "DBCluster.ServerlessV2ScalingConfiguration", second_serverless_mode),
    with("scaling_configuration", "DBCluster.ScalingConfigurationInfo", |object| {
        capacity(object, "ScalingConfigurationInfo")
    }),
    with("engine_mode", "DBCluster.EngineMode", |object| of_aurora(object, "EngineMode")),
    with("tags_all", "DBCluster.TagList", tags),
    // Encryption
    with("storage_encrypted", "DBCluster.StorageEncrypted", |object| encrypted(object, "StorageEncrypted")),
    with("storage_encryption_type", "DBCluster.StorageEncryptionType", encryption_type),
    with("kms_key_id", "DBCluster.KmsKeyId", |object| key(object, "StorageEncrypted")),
    with("kms_key_arn", "DBCluster.KmsKeyId", |object| key(object, "StorageEncrypted")),
    plain("performance_insights_kms_key_id", "DBCluster.PerformanceInsightsKMSKeyId"),
    with("activity_stream", "DBCluster.ActivityStreamStatus", activity_stream),
    optional("activity_stream_kms_key_id", "DBCluster.ActivityStreamKmsKeyId"),
    with("stopped_since", "DBCluster.AutomaticRestartTime", |object| stopped_since(object, "Status")),
    // Patch
    plain("auto_minor_version_upgrade", "DBCluster.AutoMinorVersionUpgrade"),
    plain("engine_lifecycle_support", "DBCluster.EngineLifecycleSupport"),
    plain("preferred_maintenance_window", "DBCluster.PreferredMaintenanceWindow"),
    // Access
    with("vpc_security_group_ids", "DBCluster.VpcSecurityGroups", security_groups),
    plain("db_subnet_group_name", "DBCluster.DBSubnetGroup"),
    plain("neptune_subnet_group_name", "DBCluster.DBSubnetGroup"),
    with("internet_access_gateway", "DBCluster.InternetAccessGatewayEnabled", internet_access_gateway),
    plain("port", "DBCluster.Port"),
    plain("network_type", "DBCluster.NetworkType"),
    with("domain", "DBCluster.DomainMemberships.Domain", |object| membership(object, "Domain")),
    with("domain_iam_role_name", "DBCluster.DomainMemberships.IAMRoleName", |object| membership(object, "IAMRoleName")),
    with("iam_roles", "DBCluster.AssociatedRoles.RoleArn", iam_roles),
    plain("iam_database_authentication_enabled", "DBCluster.IAMDatabaseAuthenticationEnabled"),
    plain("master_username", "DBCluster.MasterUsername"),
    with("manage_master_user_password", "DBCluster.MasterUserSecret", password_managed),
    plain("master_user_secret_kms_key_id", "DBCluster.MasterUserSecret.KmsKeyId"),
    with("enable_http_endpoint", "DBCluster.HttpEndpointEnabled", |object| of_aurora(object, "HttpEndpointEnabled")),
    // Retention
    plain("backup_retention_period", "DBCluster.BackupRetentionPeriod"),
    plain("preferred_backup_window", "DBCluster.PreferredBackupWindow"),
    plain("copy_tags_to_snapshot", "DBCluster.CopyTagsToSnapshot"),
    // RDS.md section 2.2: 0 and absent are the same.
    optional("backtrack_window", "DBCluster.BacktrackWindow"),
    with("latest_restorable_time", "DBCluster.LatestRestorableTime", latest_restorable_time),
    // Availability
    plain("multi_az", "DBCluster.MultiAZ"),
    plain("availability_zones", "DBCluster.AvailabilityZones"),
    plain("deletion_protection", "DBCluster.DeletionProtection"),
    // RDS.md section 2.2: left out for Aurora's standard storage; API_DBCluster of DocumentDB and of Neptune say the same
    // of theirs.
    optional("storage_type", "DBCluster.StorageType"),
    optional("iops", "DBCluster.Iops"),
    plain("allocated_storage", "DBCluster.AllocatedStorage"),
    with("cluster_members", "DBCluster.DBClusterMembers", |object| Told::from(object.get("DBClusterMembers").cloned())),
    with("member_count", "DBCluster.DBClusterMembers", member_count),
    // Logging
    list("enabled_cloudwatch_logs_exports", "DBCluster.EnabledCloudwatchLogsExports"),
    list("enable_cloudwatch_logs_exports", "DBCluster.EnabledCloudwatchLogsExports"),
    with("monitoring_interval", "DBCluster.MonitoringInterval", monitoring_interval),
    optional("monitoring_role_arn", "DBCluster.MonitoringRoleArn"),
    plain("database_insights_mode", "DBCluster.DatabaseInsightsMode"),
    // RDS.md section 2.2: null, absent and false are the same.
    optional("performance_insights_enabled", "DBCluster.PerformanceInsightsEnabled"),
    plain("performance_insights_retention_period", "DBCluster.PerformanceInsightsRetentionPeriod"),
    // Groups
    plain("db_cluster_parameter_group_name", "DBCluster.DBClusterParameterGroup"),
    plain("neptune_cluster_parameter_group_name", "DBCluster.DBClusterParameterGroup"),
    with("unapplied_groups", "DBCluster.DBClusterMembers.DBClusterParameterGroupStatus", unapplied_groups),
];

/// The cluster parameter group at each member where it is not in force, with its status there.
fn unapplied_groups(object: &Object<'_>) -> Told {
    let Some(Json::Array(members)) = at(object, "DBClusterMembers") else { return Told::Nothing(None) };
    let mut unapplied = Vec::new();
    for member in members {
        let name = text_at(member, "DBInstanceIdentifier");
        let (Some(name), Some(status)) = (name, text_at(member, "DBClusterParameterGroupStatus")) else {
            return Told::Nothing(None);
        };
        unapplied.extend((status != "in-sync").then(|| format!("parameter group at {name}: {status}")));
    }
    Told::Value(json!(unapplied))
}

fn member_count(object: &Object<'_>) -> Told {
    let members = at(object, "DBClusterMembers").and_then(Json::as_array);
    // A list of members that none of them can be told from is no list of members.
    let named = members.filter(|members| members.iter().all(|it| text_at(it, "DBInstanceIdentifier").is_some()));
    Told::from(named.map(|members| json!(members.len())))
}

/// The roles of the database; RDS.md section 3.2: a list that is missing is empty.
fn iam_roles(object: &Object<'_>) -> Told {
    match at(object, "AssociatedRoles") {
        None => Told::Value(json!([])),
        Some(_) => each_of(object, "AssociatedRoles", "RoleArn"),
    }
}

/// Left out, it is off (RDS.md section 3.2); of Aurora's clusters that means that it is the members' to set.
fn monitoring_interval(object: &Object<'_>) -> Told {
    match (at(object, "MonitoringInterval"), text_at(object, "Engine")) {
        (Some(seconds), _) => Told::Value(seconds.clone()),
        (None, Some("mysql" | "postgres")) => Told::Value(json!(0)),
        (None, _) => Told::Off,
    }
}

/// What only Aurora has: of a Multi-AZ DB cluster a reply may leave it out (RDS.md section 2.2).
fn of_aurora(object: &Object<'_>, member: &str) -> Told {
    match (at(object, member), text_at(object, "Engine")) {
        (None, Some("mysql" | "postgres")) => Told::Off,
        (told, _) => Told::from(told.cloned()),
    }
}

/// A reply that does not name it is of a cluster that has none; only Aurora can have one (catalogue row
/// rds-cluster-internet-gateway-disabled).
fn internet_access_gateway(object: &Object<'_>) -> Told {
    let is_aurora = text_at(object, "Engine").is_some_and(|engine| engine.starts_with("aurora"));
    match at(object, "InternetAccessGatewayEnabled") {
        Some(on) => Told::Value(on.clone()),
        None if is_aurora => Told::Value(json!(false)),
        None => Told::Off,
    }
}

fn second_serverless_mode(object: &Object<'_>) -> Told {
    capacity(object, "ServerlessV2ScalingConfiguration")
}

/// A range of capacity as Terraform's block; a cluster without one has none.
fn capacity(object: &Object<'_>, member: &str) -> Told {
    let block =
        |range: &Json| json!([{"min_capacity": range.get("MinCapacity"), "max_capacity": range.get("MaxCapacity")}]);
    at(object, member).map_or(Told::Off, |range| Told::Value(block(range)))
}
