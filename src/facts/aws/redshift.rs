//! Amazon Redshift: clusters that are provisioned, their groups, their audit logging and the keys of their copied snapshots.
//!
//! Unless something else is named, defaults are those of the provider's schema of `aws_redshift_cluster` and of the
//! catalogue's column `when_omitted`.

use crate::facts::aws::{api, key, provider, shared};
use crate::facts::catalogue::*;
use crate::facts::common::{
    CHANGED_ATTRIBUTES_OF_ALL, PLANNED_ACTION_OF_ALL, REPLACE_ATTRIBUTES_OF_ALL, TAGS_OF_ALL, runs,
};
use crate::facts::mapped::{Feed, Role, Target};
use crate::facts::mapping::{Derived, EMPTY, Mapping, Row, absent, derived, given, joined, map, planned, relation};
use crate::facts::parameters::{of_group, unjoined};
use crate::facts::view::{Constant, NOT_JOINED, View, boolean, integer, lower, not, strings, text, to_bool};
use crate::model::{FactState, Kind, SetBy, Value};
use crate::source::terraform::Attribute;

pub(super) static CLUSTER: Mapping = Mapping {
    resource_type: "aws_redshift_cluster",
    kind: Some(|_| Kind::Cluster),
    name: "cluster_identifier",
    ids: &["id", "arn", "cluster_identifier"],
    target: Some(Target::Warehouse),
    restores: RESTORES,
    rows: CLUSTER_ROWS,
    relations: &[
        relation(Role::Parameters, &[Target::WarehouseParameterGroup], "cluster_parameter_group_name"),
        relation(Role::SubnetGroup, &[Target::WarehouseSubnetGroup], "cluster_subnet_group_name"),
        relation(Role::SecurityGroups, &[Target::SecurityGroup], "vpc_security_group_ids"),
        relation(Role::Key, &[Target::Key], "kms_key_id"),
    ],
    api: &api::WAREHOUSE,
    common: COMMON,
    ..EMPTY
};

/// In place of the rows that relational databases share.
const COMMON: &[Row] = &[
    TAGS_OF_ALL,
    PLANNED_ACTION_OF_ALL,
    REPLACE_ATTRIBUTES_OF_ALL,
    CHANGED_ATTRIBUTES_OF_ALL,
    runs(UNAPPLIED_GROUPS, strings("unapplied_groups")),
    runs(OBSERVED_AT, text("observed_at")),
    runs(IN_BACKUP_PLAN, boolean("in_backup_plan")),
    runs(LAST_RESTORE_TEST, text("last_restore_test")),
    absent(STORAGE_ENCRYPTION_TYPE, NOT_TOLD),
    absent(ENGINE_VERSION_OFFERED, "Redshift has one version, 1.0, which AWS patches"),
    absent(ENGINE_SUPPORT_END, "Redshift has one version, 1.0, which AWS patches"),
    absent(PENDING_MAINTENANCE, NOT_TOLD),
    absent(MAINTENANCE_FORCED_AT, NOT_TOLD),
    absent(LATEST_RESTORABLE_TIME, "Redshift is restored from snapshots, not to a moment"),
    absent(INTERNET_ACCESS_GATEWAY, "only Aurora can have one"),
    absent(BLUE_GREEN_SINCE, "only RDS and Aurora have blue/green deployments"),
    absent(STOPPED_SINCE, NOT_TOLD),
    runs(LAST_AIR_GAPPED_BACKUP, text("last_air_gapped_backup")),
    absent(LAST_SNAPSHOT_TIME, NOT_TOLD),
];

const NOT_TOLD: &str = "the provider does not tell it of Redshift's clusters";

const RESTORES: &[&str] = &["snapshot_identifier", "snapshot_arn"];

const NO_INSIGHTS: &str = "Redshift has no Performance Insights";
const NO_MONITORING: &str = "Redshift has no enhanced monitoring";
const NO_DIRECTORY: &str = "Redshift joins no directory";
const OF_NODES: &str = "the storage of Redshift's nodes comes with their type";
const PROVISIONED: &str = "a provisioned cluster has the nodes that it is given";

const CLUSTER_ROWS: &[Row] = &[
    // Identity
    derived(ENGINE, &["cluster_identifier"], |_| shared::engine("redshift")),
    given(ENGINE_VERSION, text("cluster_version").means(Constant::Text("1.0"))),
    absent(ENGINE_MAJOR_VERSION, "Redshift has one version, 1.0, which AWS patches"),
    derived(HOLDS_DATA, &["cluster_identifier"], shared::yes),
    derived(IS_REPLICA, &["cluster_identifier"], shared::no),
    derived(RESTORED, RESTORES, |view| shared::any_set(view, RESTORES)),
    derived(SERVERLESS_V1, &["cluster_identifier"], shared::no),
    absent(REPLICATES, "Redshift replicates no other cluster"),
    absent(GLOBAL_CLUSTER, "Redshift has no global clusters"),
    // API_CreateCluster (`DBName`): `dev` when none is named.
    given(DATABASE_NAME, text("database_name").creates(Constant::Text("dev")).restored()),
    absent(ENGINE_MODE, "serverless Redshift is of other types"),
    absent(SERVERLESS_MIN_CAPACITY_HALF_UNITS, PROVISIONED),
    absent(SERVERLESS_MAX_CAPACITY_HALF_UNITS, PROVISIONED),
    given(CLUSTER_INSTANCE_CLASS, text("node_type")),
    // Encryption
    derived(ENCRYPTED_AT_REST, &["encrypted"], encrypted),
    derived(CUSTOMER_MANAGED_KEY, &["kms_key_id"], |view| shared::storage_key(view, encrypted(view), "kms_key_id")),
    // aws.amazon.com/about-aws/whats-new (January 2025): without a key of the customer, one that AWS owns.
    derived(STORAGE_KEY, &["kms_key_id"], |view| key::of_storage_or_unseen(view, encrypted(view), "kms_key_id")),
    joined(KEY_ROTATION, "kms_key_id"),
    joined(KEY_ENABLED, "kms_key_id"),
    joined(TLS_REQUIRED, "cluster_parameter_group_name"),
    absent(PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY, NO_INSIGHTS),
    absent(INSIGHTS_KEY, NO_INSIGHTS),
    // Patch. AWS calls the releases "major versions" (API_CreateCluster, `AllowVersionUpgrade`), yet all of them are patches of
    // version 1.0, applied in the maintenance window: what others call minor versions.
    given(AUTO_MINOR_VERSION_UPGRADE, boolean("allow_version_upgrade").default(true)),
    absent(EXTENDED_SUPPORT, "Redshift has no extended support"),
    given(MAINTENANCE_WINDOW, lower("preferred_maintenance_window")),
    // Access
    derived(PUBLICLY_ACCESSIBLE, &["publicly_accessible"], |view| {
        provider::boolean_since_6(view, "publicly_accessible", false)
    }),
    joined(INGRESS_CIDRS, "vpc_security_group_ids"),
    given(SECURITY_GROUPS, strings("vpc_security_group_ids")),
    joined(SUBNETS_WITH_INTERNET_ROUTE, "cluster_subnet_group_name"),
    given(SUBNET_GROUP, lower("cluster_subnet_group_name").creates(Constant::Text("default"))),
    // API_CreateCluster (`EnhancedVpcRouting`): false when it is left out.
    given(ROUTES_THROUGH_NETWORK, boolean("enhanced_vpc_routing").creates(Constant::Boolean(false)).restored()),
    given(PORT, integer("port").means(Constant::Integer(5439))),
    absent(NETWORK_TYPE, "Terraform does not choose the network type of Redshift's clusters"),
    absent(IAM_AUTHENTICATION, "Redshift always takes the provider's identities, and has no switch for it"),
    absent(AUTHENTICATION_REQUIRED, shared::ALWAYS_ASKS),
    absent(DIRECTORY, NO_DIRECTORY),
    absent(DIRECTORY_IAM_ROLE, NO_DIRECTORY),
    // A resource of its own may attach them too.
    given(IAM_ROLES, strings("iam_roles").none_is(Constant::Empty)),
    given(MASTER_USERNAME, text("master_username").inherited()),
    derived(MASTER_PASSWORD_MANAGED, &["manage_master_password"], password_managed),
    derived(MASTER_SECRET_KEY, &["master_password_secret_kms_key_id"], |view| {
        shared::key_of_secret(view, password_managed(view), "master_password_secret_kms_key_id")
    }),
    derived(MASTER_PASSWORD_IN_STATE, &["master_password"], |view| shared::password_in_state(view, "master_password")),
    absent(DATA_API, "Redshift's Data API is always there, and has no switch"),
    // Retention
    given(BACKUP_RETENTION_DAYS, integer("automated_snapshot_retention_period").means(Constant::Integer(1))),
    absent(BACKUP_WINDOW, "Redshift takes snapshots by schedules and by what changed, not in a window"),
    absent(COPY_TAGS_TO_SNAPSHOT, "Redshift does not copy tags to snapshots"),
    given(FINAL_SNAPSHOT, not("skip_final_snapshot").default(true)),
    absent(KEEPS_AUTOMATED_BACKUPS, "Redshift deletes automated snapshots with their cluster"),
    absent(BACKTRACK_WINDOW_SECONDS, "only Aurora MySQL can be wound back in place"),
    // Availability
    given(MULTI_AZ, boolean("multi_az").default(false)),
    absent(AUTOMATIC_FAILOVER, "Redshift replaces nodes that fail by itself"),
    absent(AVAILABILITY_ZONES, "Redshift's storage belongs to its nodes"),
    absent(DELETION_PROTECTION, "Redshift has no deletion protection"),
    absent(STORAGE_TYPE, OF_NODES),
    absent(IOPS, OF_NODES),
    absent(CLUSTER_ALLOCATED_STORAGE_GIB, OF_NODES),
    given(MEMBER_COUNT, integer("number_of_nodes").means(Constant::Integer(1))),
    // Logging
    derived(AUDIT_LOGGING, &["logging"], audit_logging),
    absent(LOG_EXPORTS, "Redshift sends its audit logs together, to a bucket or to the log service (`audit_logging`)"),
    absent(ENHANCED_MONITORING_SECONDS, NO_MONITORING),
    absent(MONITORING_ROLE, NO_MONITORING),
    absent(PERFORMANCE_INSIGHTS, NO_INSIGHTS),
    absent(PERFORMANCE_INSIGHTS_RETENTION_DAYS, NO_INSIGHTS),
    absent(DATABASE_INSIGHTS_MODE, "Redshift has no Database Insights"),
    // Parameters
    map(PARAMETERS, &["cluster_parameter_group_name"], unjoined),
    given(PARAMETER_GROUP, lower("cluster_parameter_group_name")),
    derived(DEFAULT_PARAMETER_GROUP, &["cluster_parameter_group_name"], |view| {
        shared::default_parameter_group(view, lower("cluster_parameter_group_name"))
    }),
    // Change
    planned(APPLY_IMMEDIATELY, boolean("apply_immediately").default(false)),
    absent(ALLOW_MAJOR_VERSION_UPGRADE, "Redshift has one version, 1.0, which AWS patches"),
];

fn encrypted(view: &View<'_>) -> Derived {
    provider::boolean_since_6(view, "encrypted", true)
}

/// Before version 6 of the provider a block of the cluster could say so; a resource of its own does now, which `link` finds.
fn audit_logging(view: &View<'_>) -> Derived {
    let block = view.blocks("logging").first();
    let state = match (block.and_then(|block| block.get("enable")).and_then(to_bool), view.get("logging")) {
        // A state of such a provider holds the block even where another resource turned logging on.
        (Some(on), _) => FactState::Known(Value::Bool(on)),
        (None, Attribute::Undetermined(why)) if view.running.is_some() => FactState::Unknown(why.clone()),
        (None, _) => NOT_JOINED,
    };
    (state, SetBy::Source)
}

/// The provider does not read the attribute back in all versions, but the secret that it leads to is recorded.
fn password_managed(view: &View<'_>) -> Derived {
    if !view.new && view.text("master_password_secret_arn").is_some() {
        return (FactState::Known(Value::Bool(true)), SetBy::Derived);
    }
    boolean("manage_master_password").default(false).state(view)
}

pub(super) static LOGGING: Mapping = Mapping {
    resource_type: "aws_redshift_logging",
    relations: &[relation(Role::Source, &[Target::Warehouse], "cluster_identifier")],
    feed: Some(|_| Feed::AuditLogging),
    ..EMPTY
};

pub(super) static PARAMETER_GROUP_MAPPING: Mapping = Mapping {
    resource_type: "aws_redshift_parameter_group",
    kind: Some(|_| Kind::ParameterGroup),
    ids: &["id", "arn", "name"],
    target: Some(Target::WarehouseParameterGroup),
    rows: &[
        map(PARAMETERS, &["parameter", "family"], of_group),
        given(PARAMETER_GROUP_FAMILY, lower("family")),
        absent(STATIC_PARAMETERS_CHANGED, "Terraform does not say which of Redshift's parameters wait for a reboot"),
    ],
    api: &api::WAREHOUSE_PARAMETER_GROUP,
    ..EMPTY
};

pub(super) static SUBNET_GROUP_MAPPING: Mapping = Mapping {
    resource_type: "aws_redshift_subnet_group",
    kind: Some(|_| Kind::SubnetGroup),
    ids: &["id", "arn", "name"],
    target: Some(Target::WarehouseSubnetGroup),
    rows: &[joined(SUBNET_ZONES, "subnet_ids"), given(SUBNETS, strings("subnet_ids"))],
    relations: &[relation(Role::Subnets, &[Target::Subnet], "subnet_ids")],
    api: &api::WAREHOUSE_SUBNET_GROUP,
    ..EMPTY
};

/// Lets Redshift encrypt what it copies to another region.
pub(super) static SNAPSHOT_COPY_GRANT: Mapping = Mapping {
    resource_type: "aws_redshift_snapshot_copy_grant",
    kind: Some(|_| Kind::BackupReplication),
    name: "snapshot_copy_grant_name",
    ids: &["id", "arn", "snapshot_copy_grant_name"],
    rows: &[derived(CUSTOMER_MANAGED_KEY, &["kms_key_id"], |view| key::customer_managed(view, "kms_key_id"))],
    relations: &[relation(Role::Key, &[Target::Key], "kms_key_id")],
    api: &api::SNAPSHOT_COPY_GRANT,
    ..EMPTY
};

#[cfg(test)]
mod tests;
