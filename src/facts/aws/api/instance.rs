//! A DB instance: a database that stands by itself, or a member of a cluster. Terraform has several words for some of its
//! members, by the type of resource; a mapping reads those that it knows.

use serde_json::{Value as Json, json};

use super::{
    activity_stream, encrypted, encryption_type, key, membership, password_managed, security_groups, stopped_since,
    tags,
};
use crate::facts::api::{Api, Field, Object, Told, at, instant_at, items, list, optional, plain, text_at, with};
use crate::facts::catalogue::{ACTIVITY_STREAM, BACKUPS_REPLICATED};
use crate::facts::view::boolean;

pub(in crate::facts::aws) const INSTANCE: Api = Api {
    object: "DBInstance",
    silence: "the reply of rds:DescribeDBInstances does not hold it",
    fields: FIELDS,
    direct: &[
        (BACKUPS_REPLICATED, boolean("backups_replicated").default(false)),
        (ACTIVITY_STREAM, boolean("activity_stream").default(false)),
    ],
};

const FIELDS: &[Field] = &[
    // Identity
    plain("arn", "DBInstance.DBInstanceArn"),
    plain("identifier", "DBInstance.DBInstanceIdentifier"),
    plain("resource_id", "DBInstance.DbiResourceId"),
    plain("dbi_resource_id", "DBInstance.DbiResourceId"),
    plain("cluster_identifier", "DBInstance.DBClusterIdentifier"),
    plain("engine", "DBInstance.Engine"),
    plain("engine_version", "DBInstance.EngineVersion"),
    plain("instance_class", "DBInstance.DBInstanceClass"),
    // API_DBInstance: it "contains the identifier of the source" if the instance is a read replica.
    with("replicate_source_db", "DBInstance.ReadReplicaSourceDBInstanceIdentifier", source),
    optional("replica_mode", "DBInstance.ReplicaMode"),
    // API_DBInstance: these are told of the engines and the databases that have them.
    optional("db_name", "DBInstance.DBName"),
    plain("license_model", "DBInstance.LicenseModel"),
    optional("character_set_name", "DBInstance.CharacterSetName"),
    optional("nchar_character_set_name", "DBInstance.NcharCharacterSetName"),
    optional("timezone", "DBInstance.Timezone"),
    with("tags_all", "DBInstance.TagList", tags),
    // Encryption
    with("storage_encrypted", "DBInstance.StorageEncrypted", |object| encrypted(object, "StorageEncrypted")),
    with("storage_encryption_type", "DBInstance.StorageEncryptionType", encryption_type),
    with("kms_key_id", "DBInstance.KmsKeyId", |object| key(object, "StorageEncrypted")),
    plain("ca_cert_identifier", "DBInstance.CACertificateIdentifier"),
    with("ca_certificate_valid_till", "DBInstance.CertificateDetails.ValidTill", |object| {
        instant_at(object, "CertificateDetails.ValidTill")
    }),
    with("performance_insights_kms_key_id", "DBInstance.PerformanceInsightsKMSKeyId", |object| {
        Told::from(at(object, "PerformanceInsightsKMSKeyId").cloned())
    }),
    with("activity_stream", "DBInstance.ActivityStreamStatus", activity_stream),
    optional("activity_stream_kms_key_id", "DBInstance.ActivityStreamKmsKeyId"),
    with("stopped_since", "DBInstance.AutomaticRestartTime", |object| stopped_since(object, "DBInstanceStatus")),
    // Patch
    plain("auto_minor_version_upgrade", "DBInstance.AutoMinorVersionUpgrade"),
    plain("engine_lifecycle_support", "DBInstance.EngineLifecycleSupport"),
    plain("maintenance_window", "DBInstance.PreferredMaintenanceWindow"),
    plain("preferred_maintenance_window", "DBInstance.PreferredMaintenanceWindow"),
    // Access
    plain("publicly_accessible", "DBInstance.PubliclyAccessible"),
    with("vpc_security_group_ids", "DBInstance.VpcSecurityGroups", security_groups),
    with("vpc_id", "DBInstance.DBSubnetGroup.VpcId", |object| match at(object, "DBSubnetGroup") {
        // Outside a network it is in a security group of EC2-Classic, if only in the one named `default`.
        None if !items(object, "DBSecurityGroups").is_empty() => Told::Off,
        None => Told::Nothing(None),
        Some(group) => Told::from(text_at(group, "VpcId").map(|id| json!(id))),
    }),
    with("db_security_groups", "DBInstance.DBSecurityGroups", classic_groups),
    plain("db_subnet_group_name", "DBInstance.DBSubnetGroup.DBSubnetGroupName"),
    with("port", "DBInstance.Endpoint.Port", port),
    plain("network_type", "DBInstance.NetworkType"),
    with("domain", "DBInstance.DomainMemberships.Domain", |object| membership(object, "Domain")),
    with("domain_fqdn", "DBInstance.DomainMemberships.FQDN", |object| membership(object, "FQDN")),
    with("domain_iam_role_name", "DBInstance.DomainMemberships.IAMRoleName", |object| {
        membership(object, "IAMRoleName")
    }),
    plain("iam_database_authentication_enabled", "DBInstance.IAMDatabaseAuthenticationEnabled"),
    plain("username", "DBInstance.MasterUsername"),
    with("manage_master_user_password", "DBInstance.MasterUserSecret", password_managed),
    plain("master_user_secret_kms_key_id", "DBInstance.MasterUserSecret.KmsKeyId"),
    // Retention
    plain("backup_retention_period", "DBInstance.BackupRetentionPeriod"),
    plain("backup_window", "DBInstance.PreferredBackupWindow"),
    plain("backup_target", "DBInstance.BackupTarget"),
    plain("copy_tags_to_snapshot", "DBInstance.CopyTagsToSnapshot"),
    with("backups_replicated", "DBInstance.DBInstanceAutomatedBackupsReplications", backups_replicated),
    with("latest_restorable_time", "DBInstance.LatestRestorableTime", latest_restorable_time),
    // Availability
    plain("multi_az", "DBInstance.MultiAZ"),
    plain("availability_zone", "DBInstance.AvailabilityZone"),
    optional("secondary_availability_zone", "DBInstance.SecondaryAvailabilityZone"),
    plain("deletion_protection", "DBInstance.DeletionProtection"),
    plain("allocated_storage", "DBInstance.AllocatedStorage"),
    optional("max_allocated_storage", "DBInstance.MaxAllocatedStorage"),
    plain("storage_type", "DBInstance.StorageType"),
    // RDS.md sections 2.1 and 3.2: left out where the storage type has none.
    optional("iops", "DBInstance.Iops"),
    optional("storage_throughput", "DBInstance.StorageThroughput"),
    plain("dedicated_log_volume", "DBInstance.DedicatedLogVolume"),
    plain("promotion_tier", "DBInstance.PromotionTier"),
    // Logging
    list("enabled_cloudwatch_logs_exports", "DBInstance.EnabledCloudwatchLogsExports"),
    // RDS.md section 2.1: 0 and absent are the same.
    optional("monitoring_interval", "DBInstance.MonitoringInterval"),
    // RDS.md section 3.2: left out when it is off.
    optional("monitoring_role_arn", "DBInstance.MonitoringRoleArn"),
    plain("database_insights_mode", "DBInstance.DatabaseInsightsMode"),
    plain("performance_insights_enabled", "DBInstance.PerformanceInsightsEnabled"),
    plain("enable_performance_insights", "DBInstance.PerformanceInsightsEnabled"),
    plain("performance_insights_retention_period", "DBInstance.PerformanceInsightsRetentionPeriod"),
    // Groups
    with("parameter_group_name", "DBInstance.DBParameterGroups", parameter_group),
    with("db_parameter_group_name", "DBInstance.DBParameterGroups", parameter_group),
    with("neptune_parameter_group_name", "DBInstance.DBParameterGroups", parameter_group),
    with("option_group_name", "DBInstance.OptionGroupMemberships", option_group),
    with("unapplied_groups", "DBInstance.DBParameterGroups", unapplied_groups),
];

fn source(object: &Object<'_>) -> Told {
    let source = ["ReadReplicaSourceDBInstanceIdentifier", "ReadReplicaSourceDBClusterIdentifier"];
    let named = source.iter().find_map(|member| text_at(object, member));
    named.map_or(Told::Off, |name| Told::Value(json!(name)))
}

/// An instance that is being made has no endpoint yet; the other port is 0 for one that listens on its engine's own.
fn port(object: &Object<'_>) -> Told {
    let port = at(object, "Endpoint.Port").or_else(|| at(object, "DbInstancePort").filter(|port| **port != json!(0)));
    Told::from(port.cloned())
}

fn parameter_group(object: &Object<'_>) -> Told {
    let group = items(object, "DBParameterGroups").first();
    Told::from(group.and_then(|group| text_at(group, "DBParameterGroupName")).map(|name| json!(name)))
}

/// The option group in force: while it changes, the old and the new one are both listed (RDS.md section 2.1).
fn option_group(object: &Object<'_>) -> Told {
    let groups = items(object, "OptionGroupMemberships");
    let in_force = |group: &&Json| {
        matches!(
            text_at(group, "Status"),
            Some("in-sync" | "pending-removal" | "pending-maintenance-removal" | "removing")
        )
    };
    let group = groups.iter().find(in_force).or_else(|| groups.first().filter(|_| groups.len() == 1));
    Told::from(group.and_then(|group| text_at(group, "OptionGroupName")).map(|name| json!(name)))
}

/// The groups that are not in force, with their status.
fn unapplied_groups(object: &Object<'_>) -> Told {
    let parameters = ("parameter group", "DBParameterGroups", "DBParameterGroupName", "ParameterApplyStatus");
    let options = ("option group", "OptionGroupMemberships", "OptionGroupName", "Status");
    let mut unapplied = Vec::new();
    for (kind, list, name, status) in [parameters, options] {
        let Some(Json::Array(groups)) = at(object, list) else { return Told::Nothing(None) };
        for group in groups {
            let (Some(name), Some(status)) = (text_at(group, name), text_at(group, status)) else {
                return Told::Nothing(None);
            };
            unapplied.extend((status != "in-sync").then(|| format!("{kind} {name}: {status}")));
        }
    }
    Told::Value(json!(unapplied))
}

/// The option group to come, while another one is in force.
pub(in crate::facts::aws) fn option_group_to_come(object: &Object<'_>) -> Option<Json> {
    let groups = items(object, "OptionGroupMemberships").iter();
    let is_to_come = |group: &&Json| text_at(group, "Status").is_some_and(|it| it.contains("appl") && it != "applied");
    groups.filter(is_to_come).find_map(|group| text_at(group, "OptionGroupName")).map(|name| json!(name))
}

fn backups_replicated(object: &Object<'_>) -> Told {
    let copies = at(object, "DBInstanceAutomatedBackupsReplications").and_then(Json::as_array);
    copies.map_or(Told::Off, |copies| Told::Value(json!(!copies.is_empty())))
}

/// Without automated backups there is nothing to restore to. While a database is stopped the moment stands still, and so does
/// what is in it (docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html).
pub(super) fn latest_restorable_time(object: &Object<'_>) -> Told {
    let status = text_at(object, "DBInstanceStatus").or_else(|| text_at(object, "Status"));
    if let Some("stopped" | "stopping" | "starting") = status {
        return Told::Off;
    }
    match (instant_at(object, "LatestRestorableTime"), at(object, "BackupRetentionPeriod").and_then(Json::as_i64)) {
        (Told::Nothing(None), Some(0)) => Told::Off,
        (told, _) => told,
    }
}

/// The security groups of EC2-Classic; every account has one named `default`.
fn classic_groups(object: &Object<'_>) -> Told {
    if at(object, "DBSecurityGroups").is_none() {
        return Told::Nothing(None);
    }
    let names = items(object, "DBSecurityGroups").iter().filter_map(|group| text_at(group, "DBSecurityGroupName"));
    Told::Value(json!(names.filter(|name| *name != "default").collect::<Vec<_>>()))
}
