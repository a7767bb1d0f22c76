//! Amazon DocumentDB: clusters and their members.

use crate::facts::aws::{api, engine, key, shared};
use crate::facts::catalogue::*;
use crate::facts::mapped::{Role, Target};
use crate::facts::mapping::{Derived, EMPTY, Mapping, Row, absent, derived, given, joined, map, planned, relation};
use crate::facts::parameters::unjoined;
use crate::facts::view::{Attr, Constant, View, boolean, integer, lower, not, strings, text};
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

const NO_DIRECTORY: &str = "DocumentDB joins no directory";
const GROWS: &str = "DocumentDB's storage grows by itself";
const CAPACITY: &[&str] = &["serverless_v2_scaling_configuration"];

/// Both bounds are required in the block.
fn capacity(view: &View<'_>, field: &'static str) -> Derived {
    shared::capacity(view, &[("serverless_v2_scaling_configuration", None)], field)
}

const CLUSTER_ROWS: &[Row] = &[
    // Identity
    given(ENGINE, ENGINE_NAME),
    given(ENGINE_VERSION, text("engine_version").inherited()),
    derived(ENGINE_MAJOR_VERSION, &["engine_version"], |view| engine::major_version_of(view, "docdb")),
    derived(IS_REPLICA, &["engine"], shared::no),
    derived(HOLDS_DATA, &["engine"], shared::yes),
    derived(RESTORED, RESTORES, |view| shared::any_set(view, RESTORES)),
    derived(SERVERLESS_V1, &["engine"], shared::no),
    absent(REPLICATES, "DocumentDB replicates by global clusters only"),
    given(GLOBAL_CLUSTER, shared::GLOBAL_CLUSTER_ID),
    absent(DATABASE_NAME, "DocumentDB makes databases when they are first written to"),
    absent(ENGINE_MODE, "DocumentDB has one engine mode"),
    derived(SERVERLESS_MIN_CAPACITY_HALF_UNITS, CAPACITY, |view| capacity(view, "min_capacity")),
    derived(SERVERLESS_MAX_CAPACITY_HALF_UNITS, CAPACITY, |view| capacity(view, "max_capacity")),
    absent(CLUSTER_INSTANCE_CLASS, "DocumentDB's members have their own"),
    // Encryption
    derived(ENCRYPTED_AT_REST, &["storage_encrypted"], encrypted),
    derived(CUSTOMER_MANAGED_KEY, &["kms_key_id"], |view| shared::storage_key(view, encrypted(view), "kms_key_id")),
    derived(STORAGE_KEY, &["kms_key_id"], |view| key::of_storage(view, encrypted(view), "kms_key_id")),
    joined(KEY_ROTATION, "kms_key_id"),
    joined(KEY_POLICY_PUBLIC, "kms_key_id"),
    joined(KEY_ENABLED, "kms_key_id"),
    joined(TLS_REQUIRED, "db_cluster_parameter_group_name"),
    absent(PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY, "DocumentDB sets Performance Insights on each member"),
    absent(INSIGHTS_KEY, "DocumentDB sets Performance Insights on each member"),
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
    given(NETWORK_TYPE, lower("network_type")),
    absent(IAM_AUTHENTICATION, "DocumentDB has no switch for IAM authentication"),
    absent(DIRECTORY, NO_DIRECTORY),
    absent(DIRECTORY_IAM_ROLE, NO_DIRECTORY),
    absent(IAM_ROLES, "Terraform gives DocumentDB's clusters no roles"),
    given(MASTER_USERNAME, text("master_username").inherited()),
    derived(MASTER_PASSWORD_MANAGED, &["manage_master_user_password"], shared::password_managed),
    absent(MASTER_SECRET_KEY, "Terraform does not choose the key of DocumentDB's secret"),
    derived(MASTER_PASSWORD_EPHEMERAL, &["master_password_wo"], |view| {
        shared::password_ephemeral(view, "master_password_wo")
    }),
    derived(MASTER_PASSWORD_IN_STATE, &["master_password"], |view| shared::password_in_state(view, "master_password")),
    absent(AUTHENTICATION_REQUIRED, shared::ALWAYS_ASKS),
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
    absent(AUTOMATIC_FAILOVER, shared::FAILS_OVER),
    given(AVAILABILITY_ZONES, strings("availability_zones")),
    given(DELETION_PROTECTION, boolean("deletion_protection").default(false)),
    given(STORAGE_TYPE, lower("storage_type").means(Constant::Text("standard"))),
    absent(IOPS, GROWS),
    absent(CLUSTER_ALLOCATED_STORAGE_GIB, GROWS),
    joined(MEMBER_COUNT, "cluster_members"),
    joined(MEMBER_DIFFERENCES, "cluster_members"),
    // Logging
    given(LOG_EXPORTS, strings("enabled_cloudwatch_logs_exports").means(Constant::Empty)),
    absent(ENHANCED_MONITORING_SECONDS, "DocumentDB has no enhanced monitoring"),
    absent(MONITORING_ROLE, "DocumentDB has no enhanced monitoring"),
    absent(PERFORMANCE_INSIGHTS, "DocumentDB sets Performance Insights on each member"),
    absent(PERFORMANCE_INSIGHTS_RETENTION_DAYS, "DocumentDB sets Performance Insights on each member"),
    absent(DATABASE_INSIGHTS_MODE, "DocumentDB has no Database Insights"),
    // Parameters
    map(PARAMETERS, &["db_cluster_parameter_group_name"], unjoined),
    given(PARAMETER_GROUP, lower("db_cluster_parameter_group_name")),
    derived(DEFAULT_PARAMETER_GROUP, &["db_cluster_parameter_group_name"], |view| {
        shared::default_parameter_group(view, lower("db_cluster_parameter_group_name"))
    }),
    // Change
    planned(APPLY_IMMEDIATELY, boolean("apply_immediately").default(false)),
    planned(ALLOW_MAJOR_VERSION_UPGRADE, boolean("allow_major_version_upgrade").default(false)),
];

fn encrypted(view: &View<'_>) -> Derived {
    let of_copy = shared::encryption_of_copy(view, RESTORES, Some("kms_key_id"));
    of_copy.unwrap_or_else(|| STORAGE_ENCRYPTED.state(view))
}

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
    derived(INSIGHTS_KEY, &["performance_insights_kms_key_id"], |view| {
        shared::key_of_insights(view, MEMBER_INSIGHTS.state(view))
    }),
    absent(AUTO_MINOR_VERSION_UPGRADE, "DocumentDB does not upgrade minor versions by itself"),
    given(MAINTENANCE_WINDOW, lower("preferred_maintenance_window")),
    // Computed only: DocumentDB lives in private networks.
    given(PUBLICLY_ACCESSIBLE, boolean("publicly_accessible").creates(Constant::Boolean(false))),
    given(AVAILABILITY_ZONE, text("availability_zone")),
    given(PROMOTION_TIER, integer("promotion_tier").means(Constant::Integer(0))),
    absent(ENHANCED_MONITORING_SECONDS, "DocumentDB has no enhanced monitoring"),
    absent(MONITORING_ROLE, "DocumentDB has no enhanced monitoring"),
    given(PERFORMANCE_INSIGHTS, MEMBER_INSIGHTS),
    absent(PERFORMANCE_INSIGHTS_RETENTION_DAYS, "DocumentDB keeps query load for a fixed time"),
    absent(MEMBER_PARAMETERS, "DocumentDB has parameter groups of clusters only"),
    absent(PARAMETER_GROUP, "DocumentDB has parameter groups of clusters only"),
    planned(APPLY_IMMEDIATELY, boolean("apply_immediately").default(false)),
];
