//! Amazon Neptune: clusters and their members. Note `kms_key_arn` and `enable_cloudwatch_logs_exports`.

use crate::facts::aws::{api, engine, key, shared};
use crate::facts::catalogue::*;
use crate::facts::mapped::{Role, Target};
use crate::facts::mapping::{Derived, EMPTY, Mapping, Row, absent, derived, given, joined, map, planned, relation};
use crate::facts::parameters::unjoined;
use crate::facts::view::{Attr, Constant, View, boolean, integer, lower, not, strings, text};
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
    ..EMPTY
};

const ENGINE_NAME: Attr = lower("engine").means(Constant::Text("neptune"));
const STORAGE_ENCRYPTED: Attr = boolean("storage_encrypted").default(false).inherited();
const NO_INSIGHTS: &str = "Neptune has no Performance Insights";
const NO_PASSWORD: &str = "Neptune has no administrator with a password";

const GROWS: &str = "Neptune's storage grows by itself";
const CAPACITY: &[&str] = &["serverless_v2_scaling_configuration"];

fn capacity(view: &View<'_>, field: &'static str, omitted: i64) -> Derived {
    shared::capacity(view, &[("serverless_v2_scaling_configuration", Some(omitted))], field)
}

const CLUSTER_ROWS: &[Row] = &[
    // Identity
    given(ENGINE, ENGINE_NAME),
    given(ENGINE_VERSION, text("engine_version").inherited()),
    derived(ENGINE_MAJOR_VERSION, &["engine_version"], |view| engine::major_version_of(view, "neptune")),
    derived(HOLDS_DATA, &["engine"], shared::yes),
    derived(IS_REPLICA, &["replication_source_identifier"], |view| {
        shared::any_set(view, &["replication_source_identifier"])
    }),
    derived(RESTORED, &["snapshot_identifier"], |view| shared::any_set(view, &["snapshot_identifier"])),
    derived(SERVERLESS_V1, &["engine"], shared::no),
    given(REPLICATES, text("replication_source_identifier").or_missing(shared::REPLICATES_NOTHING)),
    given(GLOBAL_CLUSTER, shared::GLOBAL_CLUSTER_ID),
    absent(DATABASE_NAME, "a Neptune cluster is one graph without a name"),
    absent(ENGINE_MODE, "Neptune has one engine mode"),
    // Provider documentation of aws_neptune_cluster: 2.5 to 128 units.
    derived(SERVERLESS_MIN_CAPACITY_HALF_UNITS, CAPACITY, |view| capacity(view, "min_capacity", 5)),
    derived(SERVERLESS_MAX_CAPACITY_HALF_UNITS, CAPACITY, |view| capacity(view, "max_capacity", 256)),
    absent(CLUSTER_INSTANCE_CLASS, "Neptune's members have their own"),
    // Encryption
    derived(ENCRYPTED_AT_REST, &["storage_encrypted"], encrypted),
    derived(CUSTOMER_MANAGED_KEY, &["kms_key_arn"], |view| shared::storage_key(view, encrypted(view), "kms_key_arn")),
    derived(STORAGE_KEY, &["kms_key_arn"], |view| key::of_storage(view, encrypted(view), "kms_key_arn")),
    joined(KEY_ROTATION, "kms_key_arn"),
    joined(KEY_POLICY_PUBLIC, "kms_key_arn"),
    joined(KEY_ENABLED, "kms_key_arn"),
    joined(TLS_REQUIRED, "engine"),
    absent(PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY, NO_INSIGHTS),
    absent(INSIGHTS_KEY, NO_INSIGHTS),
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
    absent(NETWORK_TYPE, "Terraform does not choose the network type of Neptune's clusters"),
    given(IAM_AUTHENTICATION, boolean("iam_database_authentication_enabled").default(false).restored()),
    absent(DIRECTORY, "Neptune joins no directory"),
    absent(DIRECTORY_IAM_ROLE, "Neptune joins no directory"),
    given(IAM_ROLES, strings("iam_roles").means(Constant::Empty)),
    absent(MASTER_USERNAME, NO_PASSWORD),
    absent(MASTER_PASSWORD_MANAGED, NO_PASSWORD),
    absent(MASTER_SECRET_KEY, NO_PASSWORD),
    absent(MASTER_PASSWORD_IN_STATE, NO_PASSWORD),
    absent(AUTHENTICATION_REQUIRED, "who may connect to Neptune is settled by its network and by IAM authentication"),
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
    absent(AUTOMATIC_FAILOVER, shared::FAILS_OVER),
    given(AVAILABILITY_ZONES, strings("availability_zones")),
    given(DELETION_PROTECTION, boolean("deletion_protection").default(false)),
    given(STORAGE_TYPE, lower("storage_type").means(Constant::Text("standard"))),
    absent(IOPS, GROWS),
    absent(CLUSTER_ALLOCATED_STORAGE_GIB, GROWS),
    joined(MEMBER_COUNT, "cluster_members"),
    joined(MEMBER_DIFFERENCES, "cluster_members"),
    // Logging
    given(LOG_EXPORTS, strings("enable_cloudwatch_logs_exports").means(Constant::Empty)),
    absent(ENHANCED_MONITORING_SECONDS, "Neptune has no enhanced monitoring"),
    absent(MONITORING_ROLE, "Neptune has no enhanced monitoring"),
    absent(PERFORMANCE_INSIGHTS, NO_INSIGHTS),
    absent(PERFORMANCE_INSIGHTS_RETENTION_DAYS, NO_INSIGHTS),
    absent(DATABASE_INSIGHTS_MODE, "Neptune has no Database Insights"),
    // Parameters
    map(PARAMETERS, &["neptune_cluster_parameter_group_name"], unjoined),
    given(PARAMETER_GROUP, lower("neptune_cluster_parameter_group_name")),
    derived(DEFAULT_PARAMETER_GROUP, &["neptune_cluster_parameter_group_name"], |view| {
        shared::default_parameter_group(view, lower("neptune_cluster_parameter_group_name"))
    }),
    // Change
    planned(APPLY_IMMEDIATELY, boolean("apply_immediately").default(false)),
    planned(ALLOW_MAJOR_VERSION_UPGRADE, boolean("allow_major_version_upgrade").default(false)),
];

fn encrypted(view: &View<'_>) -> Derived {
    let of_copy = shared::encryption_of_copy(view, &["snapshot_identifier"], Some("kms_key_arn"));
    of_copy.unwrap_or_else(|| STORAGE_ENCRYPTED.state(view))
}

pub(super) static NEPTUNE_CLUSTER_INSTANCE: Mapping = Mapping {
    resource_type: "aws_neptune_cluster_instance",
    kind: Some(|_| Kind::ClusterMember),
    name: "identifier",
    ids: &["id", "arn", "identifier", "dbi_resource_id"],
    target: Some(Target::Instance),
    rows: MEMBER_ROWS,
    relations: &[
        relation(Role::Cluster, &[Target::Cluster], "cluster_identifier"),
        relation(Role::Parameters, &[Target::ParameterGroup], "neptune_parameter_group_name"),
    ],
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
    absent(INSIGHTS_KEY, NO_INSIGHTS),
    given(AUTO_MINOR_VERSION_UPGRADE, boolean("auto_minor_version_upgrade").default(true)),
    given(MAINTENANCE_WINDOW, lower("preferred_maintenance_window")),
    given(PUBLICLY_ACCESSIBLE, boolean("publicly_accessible").default(false)),
    given(AVAILABILITY_ZONE, text("availability_zone")),
    given(PROMOTION_TIER, integer("promotion_tier").means(Constant::Integer(0))),
    absent(ENHANCED_MONITORING_SECONDS, "Neptune has no enhanced monitoring"),
    absent(MONITORING_ROLE, "Neptune has no enhanced monitoring"),
    absent(PERFORMANCE_INSIGHTS, NO_INSIGHTS),
    absent(PERFORMANCE_INSIGHTS_RETENTION_DAYS, NO_INSIGHTS),
    map(MEMBER_PARAMETERS, &["neptune_parameter_group_name"], unjoined),
    given(PARAMETER_GROUP, lower("neptune_parameter_group_name")),
    planned(APPLY_IMMEDIATELY, boolean("apply_immediately").default(false)),
];
