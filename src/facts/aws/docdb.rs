//! Amazon DocumentDB: clusters and their members.

use crate::facts::aws::{api, engine, shared};
use crate::facts::catalogue::*;
use crate::facts::mapped::{Role, Target};
use crate::facts::mapping::{EMPTY, Mapping, Row, absent, derived, given, joined, map, planned, relation};
use crate::facts::parameters::unjoined;
use crate::facts::view::{Attr, Constant, boolean, integer, lower, not, strings, text};
use crate::model::Kind;

pub(super) static DOCDB_CLUSTER: Mapping = Mapping {
    resource_type: "aws_docdb_cluster",
    kind: Some(|_| Kind::Cluster),
    name: "cluster_identifier",
    ids: &["id", "arn", "cluster_identifier", "cluster_resource_id"],
    target: Some(Target::Cluster),
    restores: RESTORES,
    rows: CLUSTER_ROWS,
    relations: &[
        relation(Role::Source, &[Target::Snapshot], "snapshot_identifier"),
        relation(Role::Parameters, &[Target::ClusterParameterGroup], "db_cluster_parameter_group_name"),
        relation(Role::SubnetGroup, &[Target::SubnetGroup], "db_subnet_group_name"),
        relation(Role::SecurityGroups, &[Target::SecurityGroup], "vpc_security_group_ids"),
        relation(Role::Key, &[Target::Key], "kms_key_id"),
    ],
    feed: Some(shared::recorded_members),
    api: &api::CLUSTER,
    ..EMPTY
};

const RESTORES: &[&str] = &["snapshot_identifier", "restore_to_point_in_time"];

const ENGINE_NAME: Attr = lower("engine").means(Constant::Text("docdb"));
const STORAGE_ENCRYPTED: Attr = boolean("storage_encrypted").default(false).inherited();
const MEMBER_INSIGHTS: Attr = boolean("enable_performance_insights").creates(Constant::Boolean(false));

const CLUSTER_ROWS: &[Row] = &[
    // Identity
    given(ENGINE, ENGINE_NAME),
    given(ENGINE_VERSION, text("engine_version").inherited()),
    derived(ENGINE_MAJOR_VERSION, &["engine_version"], |view| engine::major_version_of(view, "docdb")),
    derived(IS_REPLICA, &["engine"], shared::no),
    derived(RESTORED, RESTORES, |view| shared::any_set(view, RESTORES)),
    derived(SERVERLESS_V1, &["engine"], shared::no),
    // Encryption
    given(ENCRYPTED_AT_REST, STORAGE_ENCRYPTED),
    derived(CUSTOMER_MANAGED_KEY, &["kms_key_id"], |view| {
        shared::storage_key(view, STORAGE_ENCRYPTED.state(view), "kms_key_id")
    }),
    joined(KEY_ROTATION, "kms_key_id"),
    joined(KEY_ENABLED, "kms_key_id"),
    joined(TLS_REQUIRED, "db_cluster_parameter_group_name"),
    absent(PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY, "DocumentDB sets Performance Insights on each member"),
    // Patch
    absent(AUTO_MINOR_VERSION_UPGRADE, "DocumentDB does not upgrade minor versions by itself"),
    absent(EXTENDED_SUPPORT, "Terraform has no setting of DocumentDB's extended support"),
    given(MAINTENANCE_WINDOW, lower("preferred_maintenance_window")),
    // Access
    joined(INGRESS_CIDRS, "vpc_security_group_ids"),
    given(SECURITY_GROUPS, strings("vpc_security_group_ids")),
    joined(SUBNETS_WITH_INTERNET_ROUTE, "db_subnet_group_name"),
    given(SUBNET_GROUP, lower("db_subnet_group_name").creates(Constant::Text("default")).restored()),
    given(PORT, integer("port").means(Constant::Integer(27017))),
    absent(IAM_AUTHENTICATION, "DocumentDB has no switch for IAM authentication"),
    given(MASTER_USERNAME, text("master_username").inherited()),
    derived(MASTER_PASSWORD_MANAGED, &["manage_master_user_password"], shared::password_managed),
    derived(MASTER_PASSWORD_IN_STATE, &["master_password"], |view| shared::password_in_state(view, "master_password")),
    absent(DATA_API, "DocumentDB has no Data API"),
    // Retention
    given(BACKUP_RETENTION_DAYS, integer("backup_retention_period").means(Constant::Integer(1))),
    given(BACKUP_WINDOW, lower("preferred_backup_window")),
    absent(COPY_TAGS_TO_SNAPSHOT, "DocumentDB does not copy tags to snapshots"),
    given(FINAL_SNAPSHOT, not("skip_final_snapshot").default(true)),
    absent(KEEPS_AUTOMATED_BACKUPS, "Terraform cannot keep DocumentDB's automated backups"),
    absent(BACKTRACK_WINDOW_SECONDS, "only Aurora MySQL can be wound back in place"),
    // Availability
    joined(MULTI_AZ, "cluster_members"),
    given(DELETION_PROTECTION, boolean("deletion_protection").default(false)),
    given(STORAGE_TYPE, lower("storage_type").means(Constant::Text("standard"))),
    joined(MEMBER_COUNT, "cluster_members"),
    // Logging
    given(LOG_EXPORTS, strings("enabled_cloudwatch_logs_exports").means(Constant::Empty)),
    absent(ENHANCED_MONITORING_SECONDS, "DocumentDB has no enhanced monitoring"),
    absent(PERFORMANCE_INSIGHTS, "DocumentDB sets Performance Insights on each member"),
    absent(PERFORMANCE_INSIGHTS_RETENTION_DAYS, "DocumentDB sets Performance Insights on each member"),
    // Parameters
    map(PARAMETERS, &["db_cluster_parameter_group_name"], unjoined),
    given(PARAMETER_GROUP, lower("db_cluster_parameter_group_name")),
    derived(DEFAULT_PARAMETER_GROUP, &["db_cluster_parameter_group_name"], |view| {
        shared::default_parameter_group(view, "db_cluster_parameter_group_name")
    }),
    // Change
    planned(APPLY_IMMEDIATELY, boolean("apply_immediately").creates(Constant::Boolean(false))),
    planned(ALLOW_MAJOR_VERSION_UPGRADE, boolean("allow_major_version_upgrade").default(false)),
];

pub(super) static DOCDB_CLUSTER_INSTANCE: Mapping = Mapping {
    resource_type: "aws_docdb_cluster_instance",
    kind: Some(|_| Kind::ClusterMember),
    name: "identifier",
    ids: &["id", "arn", "identifier", "dbi_resource_id"],
    target: Some(Target::Instance),
    rows: MEMBER_ROWS,
    relations: &[
        relation(Role::Cluster, &[Target::Cluster], "cluster_identifier"),
        relation(Role::InsightsKey, &[Target::Key], "performance_insights_kms_key_id"),
    ],
    feed: Some(shared::member),
    api: &api::INSTANCE,
    ..EMPTY
};

const MEMBER_ROWS: &[Row] = &[
    given(ENGINE, ENGINE_NAME),
    given(ENGINE_VERSION, text("engine_version")),
    given(INSTANCE_CLASS, text("instance_class")),
    given(CA_CERTIFICATE, text("ca_cert_identifier")),
    derived(PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY, &["performance_insights_kms_key_id"], |view| {
        shared::insights_key(view, MEMBER_INSIGHTS.state(view))
    }),
    absent(AUTO_MINOR_VERSION_UPGRADE, "DocumentDB does not upgrade minor versions by itself"),
    given(MAINTENANCE_WINDOW, lower("preferred_maintenance_window")),
    // Computed only: DocumentDB lives in private networks.
    given(PUBLICLY_ACCESSIBLE, boolean("publicly_accessible").creates(Constant::Boolean(false))),
    given(PROMOTION_TIER, integer("promotion_tier").means(Constant::Integer(0))),
    absent(ENHANCED_MONITORING_SECONDS, "DocumentDB has no enhanced monitoring"),
    given(PERFORMANCE_INSIGHTS, MEMBER_INSIGHTS),
    absent(PERFORMANCE_INSIGHTS_RETENTION_DAYS, "DocumentDB keeps query load for a fixed time"),
    absent(PARAMETER_GROUP, "DocumentDB has parameter groups of clusters only"),
    planned(APPLY_IMMEDIATELY, boolean("apply_immediately").creates(Constant::Boolean(false))),
];
