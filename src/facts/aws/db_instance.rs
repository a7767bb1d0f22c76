//! `aws_db_instance`: a database server that stands by itself or replicates another (RDS.md section 2.1).

use crate::facts::aws::{api, engine, key, shared};
use crate::facts::catalogue::*;
use crate::facts::mapped::{Role, Target};
use crate::facts::mapping::{
    Derived, EMPTY, Mapping, Row, absent, derived, given, joined, map, planned, relation, relation_in,
};
use crate::facts::parameters::unjoined;
use crate::facts::view::{Attr, Constant, Presence, View, boolean, integer, lower, not, strings, text};
use crate::model::{FactState, SetBy, Text, Unknown};

pub(super) static DB_INSTANCE: Mapping = Mapping {
    resource_type: "aws_db_instance",
    kind: Some(engine::instance_kind),
    name: "identifier",
    ids: &["id", "arn", "identifier", "resource_id"],
    target: Some(Target::Instance),
    replicates: &["replicate_source_db"],
    restores: RESTORES,
    rows: ROWS,
    relations: &[
        relation(Role::Source, &[Target::Instance, Target::Cluster], "replicate_source_db"),
        relation(Role::Source, &[Target::Snapshot], "snapshot_identifier"),
        relation_in(Role::Source, &[Target::Instance], "restore_to_point_in_time", "source_db_instance_identifier"),
        relation(Role::Parameters, &[Target::ParameterGroup], "parameter_group_name"),
        relation(Role::SubnetGroup, &[Target::SubnetGroup], "db_subnet_group_name"),
        relation(Role::SecurityGroups, &[Target::SecurityGroup], "vpc_security_group_ids"),
        relation(Role::Key, &[Target::Key], "kms_key_id"),
        relation(Role::InsightsKey, &[Target::Key], "performance_insights_kms_key_id"),
        // Only what runs has it.
        relation(Role::StreamKey, &[Target::Key], "activity_stream_kms_key_id"),
    ],
    api: &api::INSTANCE,
    ..EMPTY
};

const RESTORES: &[&str] = &["snapshot_identifier", "restore_to_point_in_time", "s3_import"];

/// What makes it a copy of another database.
const COPIES: &[&str] = &["replicate_source_db", "snapshot_identifier", "restore_to_point_in_time"];

/// What is restored gets the default group (docs.aws.amazon.com/AmazonRDS/latest/APIReference, RestoreDBInstanceFromDBSnapshot and
/// RestoreDBInstanceToPointInTime, which gives the default subnet group, too).
const GROUP_NAME: Attr = lower("parameter_group_name").replicated();

const INSIGHTS: Attr = boolean("performance_insights_enabled").default(false);

const NOT_CHOSEN: &str = "the engine was made without a choice of it";

const ROWS: &[Row] = &[
    // Identity
    given(ENGINE, lower("engine").inherited()),
    given(ENGINE_VERSION, text("engine_version").inherited()),
    derived(ENGINE_MAJOR_VERSION, &["engine_version", "engine"], engine::major_version),
    given(INSTANCE_CLASS, text("instance_class")),
    derived(IS_REPLICA, &["replicate_source_db"], |view| shared::any_set(view, &["replicate_source_db"])),
    derived(HOLDS_DATA, &["engine"], shared::yes),
    derived(RESTORED, RESTORES, |view| shared::any_set(view, RESTORES)),
    given(REPLICATES, text("replicate_source_db").or_missing(shared::REPLICATES_NOTHING)),
    given(REPLICA_MODE, lower("replica_mode").none_missing("only replicas of Oracle and Db2 have one")),
    given(DATABASE_NAME, text("db_name").inherited().none_missing("no database was made with it")),
    given(LICENSE_MODEL, lower("license_model").inherited()),
    given(CHARACTER_SET, text("character_set_name").inherited().none_missing(NOT_CHOSEN)),
    given(NATIONAL_CHARACTER_SET, text("nchar_character_set_name").inherited().none_missing(NOT_CHOSEN)),
    given(TIME_ZONE, text("timezone").inherited().none_missing(NOT_CHOSEN)),
    // Encryption
    derived(ENCRYPTED_AT_REST, &["storage_encrypted", "kms_key_id"], encrypted),
    derived(CUSTOMER_MANAGED_KEY, &["kms_key_id"], |view| shared::storage_key(view, encrypted(view), "kms_key_id")),
    derived(STORAGE_KEY, &["kms_key_id"], |view| key::of_storage(view, encrypted(view), "kms_key_id")),
    joined(KEY_ROTATION, "kms_key_id"),
    joined(KEY_POLICY_PUBLIC, "kms_key_id"),
    joined(KEY_ENABLED, "kms_key_id"),
    joined(TLS_REQUIRED, "parameter_group_name"),
    given(CA_CERTIFICATE, text("ca_cert_identifier")),
    derived(PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY, &["performance_insights_kms_key_id"], |view| {
        shared::insights_key(view, INSIGHTS.state(view))
    }),
    derived(INSIGHTS_KEY, &["performance_insights_kms_key_id"], |view| {
        shared::key_of_insights(view, INSIGHTS.state(view))
    }),
    joined(ACTIVITY_STREAM_CUSTOMER_MANAGED_KEY, "arn"),
    // Patch
    given(AUTO_MINOR_VERSION_UPGRADE, boolean("auto_minor_version_upgrade").default(true)),
    derived(EXTENDED_SUPPORT, &["engine_lifecycle_support"], engine::extended_support),
    given(MAINTENANCE_WINDOW, lower("maintenance_window")),
    // Access
    given(PUBLICLY_ACCESSIBLE, boolean("publicly_accessible").default(false)),
    derived(IN_VPC, &["db_subnet_group_name", "vpc_security_group_ids"], in_vpc),
    joined(INGRESS_CIDRS, "vpc_security_group_ids"),
    given(SECURITY_GROUPS, strings("vpc_security_group_ids")),
    joined(SUBNETS_WITH_INTERNET_ROUTE, "db_subnet_group_name"),
    given(SUBNET_GROUP, lower("db_subnet_group_name").creates(Constant::Text("default")).inherited_unless_in_time()),
    derived(PORT, &["port"], engine::port),
    given(NETWORK_TYPE, lower("network_type")),
    given(IAM_AUTHENTICATION, boolean("iam_database_authentication_enabled").default(false).restored()),
    derived(DIRECTORY, &["domain", "domain_fqdn"], directory),
    given(DIRECTORY_IAM_ROLE, text("domain_iam_role_name").or_missing(shared::NO_DIRECTORY_ROLE)),
    given(MASTER_USERNAME, text("username").inherited()),
    derived(MASTER_PASSWORD_MANAGED, &["manage_master_user_password"], |view| {
        of_primary(view, shared::password_managed)
    }),
    derived(MASTER_SECRET_KEY, &["master_user_secret_kms_key_id"], |view| {
        of_primary(view, shared::key_of_master_secret)
    }),
    derived(MASTER_PASSWORD_EPHEMERAL, &["password_wo"], |view| shared::password_ephemeral(view, "password_wo")),
    derived(MASTER_PASSWORD_IN_STATE, &["password"], |view| shared::password_in_state(view, "password")),
    // Retention. An omitted retention is sent as 0, no backups, and a replica begins with none (RDS.md sections 1 and 8).
    given(BACKUP_RETENTION_DAYS, integer("backup_retention_period").creates(Constant::Integer(0)).restored()),
    given(BACKUP_WINDOW, lower("backup_window")),
    given(COPY_TAGS_TO_SNAPSHOT, boolean("copy_tags_to_snapshot").default(false)),
    given(FINAL_SNAPSHOT, not("skip_final_snapshot").default(true)),
    given(KEEPS_AUTOMATED_BACKUPS, not("delete_automated_backups").default(false)),
    joined(BACKUPS_REPLICATED, "backup_retention_period"),
    given(BACKUP_TARGET, lower("backup_target").creates(Constant::Text("region"))),
    // Availability
    given(MULTI_AZ, boolean("multi_az").creates(Constant::Boolean(false))),
    given(AVAILABILITY_ZONE, text("availability_zone")),
    given(DELETION_PROTECTION, boolean("deletion_protection").default(false)),
    given(ALLOCATED_STORAGE_GIB, integer("allocated_storage").inherited()),
    given(STORAGE_AUTOSCALING_LIMIT_GIB, integer("max_allocated_storage").means(Constant::Integer(0))),
    given(STORAGE_TYPE, lower("storage_type").inherited()),
    // By type and size; 0 and absent are the same (RDS.md section 2.1).
    given(IOPS, integer("iops").restored().none_is(Constant::Integer(0))),
    given(STORAGE_THROUGHPUT_MIBPS, integer("storage_throughput").none_is(Constant::Integer(0))),
    given(DEDICATED_LOG_VOLUME, boolean("dedicated_log_volume").default(false)),
    absent(PROMOTION_TIER, "a member that is declared as an `aws_db_instance` has no promotion tier"),
    // Logging
    given(LOG_EXPORTS, strings("enabled_cloudwatch_logs_exports").means(Constant::Empty).restored()),
    joined(ACTIVITY_STREAM, "arn"),
    given(ENHANCED_MONITORING_SECONDS, integer("monitoring_interval").means(Constant::Integer(0))),
    given(MONITORING_ROLE, text("monitoring_role_arn").or_missing(shared::NO_MONITORING_ROLE)),
    given(PERFORMANCE_INSIGHTS, INSIGHTS),
    derived(PERFORMANCE_INSIGHTS_RETENTION_DAYS, &["performance_insights_retention_period"], |view| {
        shared::insights_retention(view, INSIGHTS.state(view))
    }),
    given(DATABASE_INSIGHTS_MODE, lower("database_insights_mode").creates(Constant::Text("standard"))),
    // Parameters
    map(PARAMETERS, &["parameter_group_name"], unjoined),
    map(MEMBER_PARAMETERS, &["parameter_group_name"], unjoined),
    given(PARAMETER_GROUP, GROUP_NAME),
    given(OPTION_GROUP, lower("option_group_name")),
    derived(DEFAULT_PARAMETER_GROUP, &["parameter_group_name"], |view| {
        shared::default_parameter_group(view, GROUP_NAME)
    }),
    // Change
    planned(APPLY_IMMEDIATELY, boolean("apply_immediately").default(false)),
    planned(ALLOW_MAJOR_VERSION_UPGRADE, boolean("allow_major_version_upgrade").default(false)),
];

const STORAGE_ENCRYPTED: Attr = boolean("storage_encrypted").default(false).inherited();

/// A replica in another region ignores `storage_encrypted`: naming a key encrypts it (catalogue row
/// rds-instance-storage-encrypted). Restoring an instance takes no key.
fn encrypted(view: &View<'_>) -> Derived {
    let replicates = view.presence("replicate_source_db") == Presence::Set;
    let honours = replicates.then_some("kms_key_id");
    let of_copy = shared::encryption_of_copy(view, COPIES, honours);
    of_copy.unwrap_or_else(|| STORAGE_ENCRYPTED.state(view))
}

/// A replica logs in with its primary's administrator.
fn of_primary(view: &View<'_>, fact: fn(&View<'_>) -> Derived) -> Derived {
    if view.presence("replicate_source_db") == Presence::Set {
        let reason = "a replica has its source's administrator";
        return (FactState::Missing(Text::Static(reason)), SetBy::Derived);
    }
    fact(view)
}

/// The directory that it is joined to. One that the customer runs is named by its domain; which id the API then gives is not
/// documented (RDS.md section 2.1, `domain_fqdn`).
fn directory(view: &View<'_>) -> Derived {
    if view.new && view.presence("domain") == Presence::Omitted && view.presence("domain_fqdn") != Presence::Omitted {
        return (FactState::Unknown(Unknown::KnownAfterApply), SetBy::Derived);
    }
    shared::DIRECTORY_ID.state(view)
}

/// Outside a virtual network is EC2-Classic, which AWS has retired in 2022
/// (aws.amazon.com/blogs/aws/ec2-classic-is-retiring-heres-how-to-prepare): what is made since is in one, named or not, and
/// whatever names a subnet group or a VPC's security group is, too.
fn in_vpc(view: &View<'_>) -> Derived {
    if view.running.is_some() {
        return (network(view), SetBy::Derived);
    }
    let presences = ["db_subnet_group_name", "vpc_security_group_ids"].map(|attribute| view.presence(attribute));
    let state = if view.new || presences.contains(&Presence::Set) {
        FactState::Known(true.into())
    } else {
        FactState::Unknown(Unknown::NotCollected(Text::Static("the source does not record the network")))
    };
    (state, SetBy::Derived)
}

/// What runs names its network with its subnet group, which it has none of outside.
fn network(view: &View<'_>) -> FactState {
    match text("vpc_id").or_missing("").state(view).0 {
        FactState::Known(_) => FactState::Known(true.into()),
        FactState::Missing(_) => FactState::Known(false.into()),
        unknown => unknown,
    }
}
