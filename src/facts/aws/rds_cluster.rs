//! `aws_rds_cluster`: an Aurora cluster, or a Multi-AZ DB cluster of RDS (RDS.md section 2.2).
//!
//! What Aurora sets on the members (class, monitoring, minor upgrades) is not the cluster's; a Multi-AZ DB cluster has no
//! member resources and sets everything itself.

use crate::facts::aws::{api, engine, key, shared};
use crate::facts::catalogue::*;
use crate::facts::mapped::{Role, Target};
use crate::facts::mapping::{
    Derived, EMPTY, Mapping, Row, absent, derived, given, joined, map, planned, relation, relation_in,
};
use crate::facts::parameters::unjoined;
use crate::facts::view::{
    Attr, Constant, NOT_JOINED, Presence, View, boolean, integer, lower, not, strings, text, to_bool, to_integer,
};
use crate::model::{FactState, Kind, SetBy, Text, Unknown, Value};
use crate::source::terraform::Attribute;

pub(super) static RDS_CLUSTER: Mapping = Mapping {
    resource_type: "aws_rds_cluster",
    kind: Some(|_| Kind::Cluster),
    name: "cluster_identifier",
    ids: &["id", "arn", "cluster_identifier", "cluster_resource_id"],
    target: Some(Target::Cluster),
    replicates: &["replication_source_identifier"],
    restores: RESTORES,
    rows: ROWS,
    relations: &[
        relation(Role::Source, &[Target::Cluster, Target::Instance], "replication_source_identifier"),
        relation(Role::Source, &[Target::Snapshot], "snapshot_identifier"),
        relation_in(Role::Source, &[Target::Cluster], "restore_to_point_in_time", "source_cluster_identifier"),
        relation(Role::Parameters, &[Target::ClusterParameterGroup], "db_cluster_parameter_group_name"),
        relation(Role::SubnetGroup, &[Target::SubnetGroup], "db_subnet_group_name"),
        relation(Role::SecurityGroups, &[Target::SecurityGroup], "vpc_security_group_ids"),
        relation(Role::Key, &[Target::Key], "kms_key_id"),
        relation(Role::InsightsKey, &[Target::Key], "performance_insights_kms_key_id"),
        // Only what runs has it.
        relation(Role::StreamKey, &[Target::Key], "activity_stream_kms_key_id"),
    ],
    feed: Some(shared::recorded_members),
    api: &api::CLUSTER,
    ..EMPTY
};

const RESTORES: &[&str] = &["snapshot_identifier", "restore_to_point_in_time", "s3_import"];

const ON_MEMBERS: &str = "an Aurora cluster leaves it to its members";

const ENGINE_MODE_NAME: Attr = lower("engine_mode").means(Constant::Text("provisioned"));

const CAPACITY: &[&str] = &["serverlessv2_scaling_configuration", "scaling_configuration"];

const ROWS: &[Row] = &[
    // Identity
    given(ENGINE, lower("engine").inherited()),
    given(ENGINE_VERSION, text("engine_version").inherited()),
    derived(ENGINE_MAJOR_VERSION, &["engine_version", "engine"], engine::major_version),
    derived(HOLDS_DATA, &["engine"], shared::yes),
    derived(IS_REPLICA, &["replication_source_identifier"], |view| {
        shared::any_set(view, &["replication_source_identifier"])
    }),
    derived(RESTORED, RESTORES, |view| shared::any_set(view, RESTORES)),
    derived(SERVERLESS_V1, &["engine_mode"], |view| (serverless_v1(view), SetBy::Derived)),
    given(REPLICATES, text("replication_source_identifier").or_missing(shared::REPLICATES_NOTHING)),
    given(GLOBAL_CLUSTER, shared::GLOBAL_CLUSTER_ID),
    given(DATABASE_NAME, text("database_name").inherited().none_missing("no database was made with it")),
    given(ENGINE_MODE, ENGINE_MODE_NAME),
    derived(SERVERLESS_MIN_CAPACITY_HALF_UNITS, CAPACITY, |view| capacity(view, "min_capacity", 2)),
    derived(SERVERLESS_MAX_CAPACITY_HALF_UNITS, CAPACITY, |view| capacity(view, "max_capacity", 32)),
    derived(CLUSTER_INSTANCE_CLASS, &["db_cluster_instance_class"], |view| {
        of_multi_az_cluster(view, text("db_cluster_instance_class").or_missing(ON_MEMBERS))
    }),
    // Encryption
    derived(ENCRYPTED_AT_REST, &["storage_encrypted", "engine_mode"], encrypted),
    derived(CUSTOMER_MANAGED_KEY, &["kms_key_id"], |view| shared::storage_key(view, encrypted(view), "kms_key_id")),
    derived(STORAGE_KEY, &["kms_key_id"], |view| key::of_storage(view, encrypted(view), "kms_key_id")),
    joined(KEY_ROTATION, "kms_key_id"),
    joined(KEY_POLICY_PUBLIC, "kms_key_id"),
    joined(ACTIVITY_STREAM_CUSTOMER_MANAGED_KEY, "arn"),
    joined(KEY_ENABLED, "kms_key_id"),
    joined(TLS_REQUIRED, "db_cluster_parameter_group_name"),
    derived(PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY, &["performance_insights_kms_key_id"], |view| {
        shared::insights_key(view, insights(view))
    }),
    derived(INSIGHTS_KEY, &["performance_insights_kms_key_id"], |view| shared::key_of_insights(view, insights(view))),
    // Patch
    derived(AUTO_MINOR_VERSION_UPGRADE, &["auto_minor_version_upgrade"], auto_minor_version_upgrade),
    derived(EXTENDED_SUPPORT, &["engine_lifecycle_support"], engine::extended_support),
    given(MAINTENANCE_WINDOW, lower("preferred_maintenance_window")),
    // Access
    joined(INGRESS_CIDRS, "vpc_security_group_ids"),
    given(SECURITY_GROUPS, strings("vpc_security_group_ids")),
    joined(SUBNETS_WITH_INTERNET_ROUTE, "db_subnet_group_name"),
    given(SUBNET_GROUP, lower("db_subnet_group_name").creates(Constant::Text("default")).restored()),
    derived(PORT, &["port"], engine::port),
    given(NETWORK_TYPE, lower("network_type")),
    given(IAM_AUTHENTICATION, boolean("iam_database_authentication_enabled").default(false).restored()),
    given(DIRECTORY, shared::DIRECTORY_ID),
    given(DIRECTORY_IAM_ROLE, text("domain_iam_role_name").or_missing(shared::NO_DIRECTORY_ROLE)),
    // RDS.md section 2.2: null and the empty set are the same.
    given(IAM_ROLES, strings("iam_roles").means(Constant::Empty)),
    given(MASTER_USERNAME, text("master_username").inherited()),
    derived(MASTER_PASSWORD_MANAGED, &["manage_master_user_password"], |view| {
        unless_never_managed(view, shared::password_managed(view))
    }),
    derived(MASTER_SECRET_KEY, &["master_user_secret_kms_key_id"], |view| {
        unless_never_managed(view, shared::key_of_master_secret(view))
    }),
    derived(MASTER_PASSWORD_EPHEMERAL, &["master_password_wo"], |view| {
        shared::password_ephemeral(view, "master_password_wo")
    }),
    derived(MASTER_PASSWORD_IN_STATE, &["master_password"], |view| shared::password_in_state(view, "master_password")),
    absent(AUTHENTICATION_REQUIRED, shared::ALWAYS_ASKS),
    given(DATA_API, boolean("enable_http_endpoint").default(false)),
    // Retention. An omitted retention is not sent; AWS keeps backups for a day (RDS.md section 1).
    given(BACKUP_RETENTION_DAYS, integer("backup_retention_period").creates(Constant::Integer(1)).restored()),
    given(BACKUP_WINDOW, lower("preferred_backup_window")),
    given(COPY_TAGS_TO_SNAPSHOT, boolean("copy_tags_to_snapshot").default(false)),
    given(FINAL_SNAPSHOT, not("skip_final_snapshot").default(true)),
    given(KEEPS_AUTOMATED_BACKUPS, not("delete_automated_backups").default(false)),
    derived(BACKTRACK_WINDOW_SECONDS, &["backtrack_window"], backtrack_window),
    // Availability
    derived(MULTI_AZ, &["engine"], |view| (by_members(view, Value::Bool(true)), SetBy::Derived)),
    absent(AUTOMATIC_FAILOVER, shared::FAILS_OVER),
    given(AVAILABILITY_ZONES, strings("availability_zones")),
    given(DELETION_PROTECTION, boolean("deletion_protection").default(false)),
    derived(STORAGE_TYPE, &["storage_type"], storage_type),
    derived(IOPS, &["iops"], |view| of_multi_az_cluster(view, integer("iops").none_is(Constant::Integer(0)))),
    derived(CLUSTER_ALLOCATED_STORAGE_GIB, &["allocated_storage"], |view| {
        of_multi_az_cluster(view, integer("allocated_storage").inherited())
    }),
    joined(MEMBER_DIFFERENCES, "cluster_members"),
    derived(MEMBER_COUNT, &["engine"], |view| (by_members(view, Value::Integer(3)), SetBy::Derived)),
    // Logging
    absent(AUDIT_LOGGING, shared::LOGS_BY_NAME),
    joined(ACTIVITY_STREAM, "arn"),
    given(LOG_EXPORTS, strings("enabled_cloudwatch_logs_exports").means(Constant::Empty).restored()),
    derived(ENHANCED_MONITORING_SECONDS, &["monitoring_interval"], enhanced_monitoring),
    given(MONITORING_ROLE, text("monitoring_role_arn").or_missing(shared::NO_MONITORING_ROLE)),
    derived(PERFORMANCE_INSIGHTS, &["performance_insights_enabled"], insights),
    derived(PERFORMANCE_INSIGHTS_RETENTION_DAYS, &["performance_insights_retention_period"], |view| {
        shared::insights_retention(view, insights(view))
    }),
    given(DATABASE_INSIGHTS_MODE, lower("database_insights_mode").creates(Constant::Text("standard"))),
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

fn serverless_v1(view: &View<'_>) -> FactState {
    match ENGINE_MODE_NAME.state(view).0 {
        FactState::Known(mode) => FactState::Known(Value::Bool(mode.as_str() == Some("serverless"))),
        other => other,
    }
}

fn is_serverless_v1(view: &View<'_>) -> bool {
    serverless_v1(view) == FactState::Known(Value::Bool(true))
}

/// Serverless v1 is always encrypted (catalogue row rds-cluster-storage-encrypted).
fn encrypted(view: &View<'_>) -> Derived {
    if is_serverless_v1(view) {
        return (FactState::Known(Value::Bool(true)), SetBy::Derived);
    }
    let of_copy = shared::encryption_of_copy(view, RESTORES, Some("kms_key_id"));
    of_copy.unwrap_or_else(|| boolean("storage_encrypted").creates(Constant::Boolean(false)).inherited().state(view))
}

/// Aurora takes it from the members; a Multi-AZ DB cluster has it itself (RDS.md section 2.2).
fn auto_minor_version_upgrade(view: &View<'_>) -> Derived {
    match engine::is_multi_az_cluster(view) {
        Some(false) => (FactState::Missing(Text::Static(ON_MEMBERS)), SetBy::Derived),
        _ => boolean("auto_minor_version_upgrade").creates(Constant::Boolean(true)).state(view),
    }
}

fn enhanced_monitoring(view: &View<'_>) -> Derived {
    unless_left_to_members(view, "monitoring_interval", || {
        integer("monitoring_interval").creates(Constant::Integer(0)).state(view)
    })
}

/// An Aurora cluster may turn it on for all members, or leave it to each.
fn insights(view: &View<'_>) -> Derived {
    unless_left_to_members(view, "performance_insights_enabled", || {
        boolean("performance_insights_enabled").default(false).state(view)
    })
}

/// An Aurora cluster that says nothing leaves it to its members; whether it is one, an unknown engine does not tell.
fn unless_left_to_members(view: &View<'_>, attribute: &str, own: impl FnOnce() -> Derived) -> Derived {
    if !says_nothing(view, attribute) {
        return own();
    }
    match engine::is_multi_az_cluster(view) {
        Some(true) => own(),
        Some(false) => (FactState::Missing(Text::Static(ON_MEMBERS)), SetBy::Derived),
        None => (FactState::Unknown(Unknown::KnownAfterApply), SetBy::Derived),
    }
}

/// Whether a cluster says nothing about what its members may set; the provider records 0 and false for that.
fn says_nothing(view: &View<'_>, attribute: &str) -> bool {
    let nothing = match view.get(attribute) {
        Attribute::Known(value) => to_bool(value) == Some(false) || to_integer(value) == Some(0),
        Attribute::Null | Attribute::Computed => true,
        _ => false,
    };
    nothing && view.references(attribute).is_none()
}

/// Only Aurora MySQL can be wound back.
fn backtrack_window(view: &View<'_>) -> Derived {
    match engine::known(view) {
        Some(engine) if engine != "aurora-mysql" && engine != "aurora" => {
            (FactState::Missing(Text::Static("only Aurora MySQL can be wound back in place")), SetBy::Derived)
        }
        _ => integer("backtrack_window").means(Constant::Integer(0)).state(view),
    }
}

/// AWS leaves the type of Aurora's standard storage empty (RDS.md section 2.2).
fn storage_type(view: &View<'_>) -> Derived {
    match engine::is_multi_az_cluster(view) {
        Some(false) => lower("storage_type").means(Constant::Text("aurora")).state(view),
        Some(true) => lower("storage_type").creates(Constant::Text("io1")).inherited().state(view),
        None => lower("storage_type").inherited().state(view),
    }
}

/// What the members tell: `link` counts those of an Aurora cluster. A Multi-AZ DB cluster always is a writer and two
/// readers in three zones; Serverless v1 has no members.
fn by_members(view: &View<'_>, of_multi_az_cluster: Value) -> FactState {
    if is_serverless_v1(view) {
        return FactState::Missing(Text::Static("Serverless v1 has no members"));
    }
    match engine::is_multi_az_cluster(view) {
        Some(true) => FactState::Known(of_multi_az_cluster),
        Some(false) => NOT_JOINED,
        None => FactState::Unknown(Unknown::Unresolved(Text::Static("the engine is not known"))),
    }
}

/// What Aurora has no setting of, since its storage grows by itself and its members have classes of their own (RDS.md
/// section 2.2).
fn of_multi_az_cluster(view: &View<'_>, attribute: Attr) -> Derived {
    match engine::is_multi_az_cluster(view) {
        Some(false) => (FactState::Missing(Text::Static("only a Multi-AZ DB cluster has it")), SetBy::Derived),
        _ => attribute.state(view),
    }
}

/// A bound of the capacity of serverless members; the first serverless mode has a default, in halves of a unit (RDS.md
/// section 2.2).
fn capacity(view: &View<'_>, field: &'static str, of_first_mode: i64) -> Derived {
    shared::capacity(
        view,
        &[("serverlessv2_scaling_configuration", None), ("scaling_configuration", Some(of_first_mode))],
        field,
    )
}

/// The provider keeps the password of no cluster that replicates another one or is part of a global database, nor of Serverless
/// v1 (docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations).
fn unless_never_managed(view: &View<'_>, told: Derived) -> Derived {
    const NEVER: [(&str, &str); 2] = [
        ("replication_source_identifier", "a replica has its source's administrator"),
        ("global_cluster_identifier", "no cluster of a global database leaves its administrator's password to AWS"),
    ];
    if shared::password_managed(view).0 == FactState::Known(Value::Bool(true)) {
        return told;
    }
    if is_serverless_v1(view) {
        return (FactState::Missing(Text::Static("Serverless v1 leaves no password to AWS")), SetBy::Derived);
    }
    for (attribute, reason) in NEVER {
        match view.presence(attribute) {
            Presence::Set => return (FactState::Missing(Text::Static(reason)), SetBy::Derived),
            // A reply names what there is.
            Presence::Undetermined if view.running.is_none() => return text(attribute).state(view),
            Presence::Undetermined | Presence::Omitted => {}
        }
    }
    told
}
