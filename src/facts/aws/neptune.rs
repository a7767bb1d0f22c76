//! Amazon Neptune: clusters and their members. Note `kms_key_arn` and `enable_cloudwatch_logs_exports`.

use crate::facts::aws::{api, engine, shared};
use crate::facts::catalogue::*;
use crate::facts::mapped::{Role, Target};
use crate::facts::mapping::{EMPTY, Mapping, Row, absent, derived, given, joined, map, planned, relation};
use crate::facts::parameters::unjoined;
use crate::facts::view::{Attr, Constant, boolean, integer, lower, not, strings, text};
use crate::model::Kind;

pub(super) static NEPTUNE_CLUSTER: Mapping = Mapping {
    resource_type: "aws_neptune_cluster",
    kind: Some(|_| Kind::Cluster),
    name: "cluster_identifier",
    ids: &["id", "arn", "cluster_identifier", "cluster_resource_id"],
    target: Some(Target::Cluster),
    replicates: &["replication_source_identifier"],
    restores: &["snapshot_identifier"],
    rows: CLUSTER_ROWS,
    relations: &[
        relation(Role::Source, &[Target::Cluster], "replication_source_identifier"),
        relation(Role::Source, &[Target::Snapshot], "snapshot_identifier"),
        relation(Role::Parameters, &[Target::ClusterParameterGroup], "neptune_cluster_parameter_group_name"),
        relation(Role::SubnetGroup, &[Target::SubnetGroup], "neptune_subnet_group_name"),
        relation(Role::SecurityGroups, &[Target::SecurityGroup], "vpc_security_group_ids"),
        relation(Role::Key, &[Target::Key], "kms_key_arn"),
    ],
    feed: Some(shared::recorded_members),
    api: &api::CLUSTER,
};

const ENGINE_NAME: Attr = lower("engine").means(Constant::Text("neptune"));
const STORAGE_ENCRYPTED: Attr = boolean("storage_encrypted").default(false).inherited();
const NO_INSIGHTS: &str = "Neptune has no Performance Insights";
const NO_PASSWORD: &str = "Neptune has no administrator with a password";

const CLUSTER_ROWS: &[Row] = &[
    // Identity
    given(ENGINE, ENGINE_NAME),
    given(ENGINE_VERSION, text("engine_version").inherited()),
    derived(ENGINE_MAJOR_VERSION, &["engine_version"], |view| engine::major_version_of(view, "neptune")),
    derived(IS_REPLICA, &["replication_source_identifier"], |view| {
        shared::any_set(view, &["replication_source_identifier"])
    }),
    derived(RESTORED, &["snapshot_identifier"], |view| shared::any_set(view, &["snapshot_identifier"])),
    derived(SERVERLESS_V1, &["engine"], shared::no),
    // Encryption
    given(ENCRYPTED_AT_REST, STORAGE_ENCRYPTED),
    derived(CUSTOMER_MANAGED_KEY, &["kms_key_arn"], |view| {
        shared::storage_key(view, STORAGE_ENCRYPTED.state(view), "kms_key_arn")
    }),
    joined(KEY_ROTATION, "kms_key_arn"),
    joined(KEY_ENABLED, "kms_key_arn"),
    joined(TLS_REQUIRED, "engine"),
    absent(PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY, NO_INSIGHTS),
    // Patch
    absent(AUTO_MINOR_VERSION_UPGRADE, "Neptune sets it on each member"),
    absent(EXTENDED_SUPPORT, "Neptune has no extended support"),
    given(MAINTENANCE_WINDOW, lower("preferred_maintenance_window")),
    // Access
    joined(INGRESS_CIDRS, "vpc_security_group_ids"),
    given(SECURITY_GROUPS, strings("vpc_security_group_ids")),
    joined(SUBNETS_WITH_INTERNET_ROUTE, "neptune_subnet_group_name"),
    given(SUBNET_GROUP, lower("neptune_subnet_group_name").creates(Constant::Text("default")).restored()),
    given(PORT, integer("port").means(Constant::Integer(8182))),
    given(IAM_AUTHENTICATION, boolean("iam_database_authentication_enabled").default(false).restored()),
    absent(MASTER_USERNAME, NO_PASSWORD),
    absent(MASTER_PASSWORD_MANAGED, NO_PASSWORD),
    absent(MASTER_PASSWORD_IN_STATE, NO_PASSWORD),
    absent(DATA_API, "Neptune has no Data API for SQL"),
    // Retention
    given(BACKUP_RETENTION_DAYS, integer("backup_retention_period").means(Constant::Integer(1))),
    given(BACKUP_WINDOW, lower("preferred_backup_window")),
    given(COPY_TAGS_TO_SNAPSHOT, boolean("copy_tags_to_snapshot").default(false)),
    given(FINAL_SNAPSHOT, not("skip_final_snapshot").default(true)),
    absent(KEEPS_AUTOMATED_BACKUPS, "Terraform cannot keep Neptune's automated backups"),
    absent(BACKTRACK_WINDOW_SECONDS, "only Aurora MySQL can be wound back in place"),
    // Availability
    joined(MULTI_AZ, "cluster_members"),
    given(DELETION_PROTECTION, boolean("deletion_protection").default(false)),
    given(STORAGE_TYPE, lower("storage_type").means(Constant::Text("standard"))),
    joined(MEMBER_COUNT, "cluster_members"),
    // Logging
    given(LOG_EXPORTS, strings("enable_cloudwatch_logs_exports").means(Constant::Empty)),
    absent(ENHANCED_MONITORING_SECONDS, "Neptune has no enhanced monitoring"),
    absent(PERFORMANCE_INSIGHTS, NO_INSIGHTS),
    absent(PERFORMANCE_INSIGHTS_RETENTION_DAYS, NO_INSIGHTS),
    // Parameters
    map(PARAMETERS, &["neptune_cluster_parameter_group_name"], unjoined),
    given(PARAMETER_GROUP, lower("neptune_cluster_parameter_group_name")),
    derived(DEFAULT_PARAMETER_GROUP, &["neptune_cluster_parameter_group_name"], |view| {
        shared::default_parameter_group(view, "neptune_cluster_parameter_group_name")
    }),
    // Change
    planned(APPLY_IMMEDIATELY, boolean("apply_immediately").creates(Constant::Boolean(false))),
    planned(ALLOW_MAJOR_VERSION_UPGRADE, boolean("allow_major_version_upgrade").default(false)),
];

pub(super) static NEPTUNE_CLUSTER_INSTANCE: Mapping = Mapping {
    resource_type: "aws_neptune_cluster_instance",
    kind: Some(|_| Kind::ClusterMember),
    name: "identifier",
    ids: &["id", "arn", "identifier", "dbi_resource_id"],
    target: Some(Target::Instance),
    rows: MEMBER_ROWS,
    relations: &[relation(Role::Cluster, &[Target::Cluster], "cluster_identifier")],
    feed: Some(shared::member),
    api: &api::INSTANCE,
    ..EMPTY
};

const MEMBER_ROWS: &[Row] = &[
    given(ENGINE, ENGINE_NAME),
    given(ENGINE_VERSION, text("engine_version")),
    given(INSTANCE_CLASS, text("instance_class")),
    absent(CA_CERTIFICATE, "Neptune's certificates are not chosen by the customer"),
    absent(PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY, NO_INSIGHTS),
    given(AUTO_MINOR_VERSION_UPGRADE, boolean("auto_minor_version_upgrade").default(true)),
    given(MAINTENANCE_WINDOW, lower("preferred_maintenance_window")),
    given(PUBLICLY_ACCESSIBLE, boolean("publicly_accessible").default(false)),
    given(PROMOTION_TIER, integer("promotion_tier").means(Constant::Integer(0))),
    absent(ENHANCED_MONITORING_SECONDS, "Neptune has no enhanced monitoring"),
    absent(PERFORMANCE_INSIGHTS, NO_INSIGHTS),
    absent(PERFORMANCE_INSIGHTS_RETENTION_DAYS, NO_INSIGHTS),
    given(PARAMETER_GROUP, lower("neptune_parameter_group_name")),
    planned(APPLY_IMMEDIATELY, boolean("apply_immediately").creates(Constant::Boolean(false))),
];
