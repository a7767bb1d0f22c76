//! What the AWS provider decides when a new resource's configuration omits an attribute: a constant that it sends, or
//! that the service is known to use. Sources: the provider's schema and create functions (`internal/service/rds`,
//! `docdb`, `neptune` of hashicorp/terraform-provider-aws), and botocore's `rds` service model for what is not sent.

use serde_json::{Value, json};

/// The default of an attribute; `None` when the provider may choose any value.
pub(super) fn default_of(kind: &str, attribute: &str) -> Option<Value> {
    DEFAULTS.iter().find(|(of, name, _)| *of == kind && *name == attribute).map(|(_, _, default)| default.value())
}

/// Whether the provider's default is known, but depends on other attributes (a default parameter group on the engine), or
/// is a choice that no value expresses (every event category).
pub(super) fn has_dependent_default(attribute: &str) -> bool {
    DEPENDENT.contains(&attribute)
}

/// Attributes whose name says enough, whatever the resource type.
const DEPENDENT: &[&str] = &[
    // The engine's own default group and its values.
    "parameter_group_name",
    "db_cluster_parameter_group_name",
    "neptune_cluster_parameter_group_name",
    "cluster_parameter_group_name",
    "parameter",
    // The provider's own key, and the engine's own port.
    "kms_key_id",
    "kms_key_arn",
    "performance_insights_kms_key_id",
    "port",
    // Made from nothing else.
    "replicate_source_db",
    "replication_source_identifier",
    "snapshot_identifier",
    // None.
    "tags",
    // A subscription without these listens to everything.
    "event_categories",
    "source_type",
    // The instances of a cluster have their own.
    "monitoring_interval",
    // A proxy without credentials lets nobody in.
    "auth",
];

/// Verdicts that do not obey the first law, by rule and attribute, and why that is right.
pub(super) const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("master_password_not_in_state", "password", "a password that is set is in the state, whatever it will be"),
    ("master_password_not_in_state", "master_password", "a password that is set is in the state, whatever it will be"),
    (
        "master_password_not_in_state",
        "admin_user_password",
        "a password that is set is in the state, whatever it will be",
    ),
    ("customer_managed_key", "encrypted", "the service takes a key only for encrypted storage"),
    ("restarts_in_window", "port", "that a withheld value stays as it was can be seen without showing it"),
    ("customer_managed_key", "storage_encrypted", "the service takes a key only for encrypted storage"),
    ("customer_managed_key", "at_rest_encryption_enabled", "the service takes a key only for encrypted storage"),
    (
        "final_snapshot",
        "final_snapshot_identifier",
        "who sets the name of a last snapshot asks for one, whatever it will be",
    ),
    ("authentication_required", "user_group_ids", "a list of users that is set is withheld, not an empty one"),
    (
        "replica_backups",
        "replica",
        "what `dynamic` makes is in no plan's configuration, so that unknown blocks may be any",
    ),
];

#[derive(Clone, Copy)]
enum Default {
    Bool(bool),
    Number(u64),
    Word(&'static str),
    Nothing,
}

impl Default {
    fn value(self) -> Value {
        match self {
            Self::Bool(value) => json!(value),
            Self::Number(value) => json!(value),
            Self::Word(value) => json!(value),
            Self::Nothing => json!([]),
        }
    }
}

const OFF: Default = Default::Bool(false);
const ON: Default = Default::Bool(true);
const ZERO: Default = Default::Number(0);

const DEFAULTS: &[(&str, &str, Default)] = &[
    ("aws_db_instance", "db_subnet_group_name", Default::Word("default")),
    ("aws_db_instance", "manage_master_user_password", OFF),
    ("aws_db_instance", "performance_insights_retention_period", Default::Number(7)),
    ("aws_rds_cluster", "db_subnet_group_name", Default::Word("default")),
    ("aws_rds_cluster", "manage_master_user_password", OFF),
    ("aws_rds_cluster", "storage_encrypted", OFF),
    ("aws_rds_cluster_instance", "performance_insights_enabled", OFF),
    ("aws_rds_cluster_instance", "performance_insights_retention_period", Default::Number(7)),
    ("aws_docdb_cluster", "db_subnet_group_name", Default::Word("default")),
    ("aws_docdb_cluster", "engine", Default::Word("docdb")),
    ("aws_docdb_cluster", "manage_master_user_password", OFF),
    ("aws_docdb_cluster", "storage_encrypted", OFF),
    ("aws_docdb_cluster_instance", "enable_performance_insights", OFF),
    ("aws_neptune_cluster", "engine", Default::Word("neptune")),
    ("aws_neptune_cluster", "neptune_subnet_group_name", Default::Word("default")),
    ("aws_rds_global_cluster", "storage_encrypted", OFF),
    ("aws_db_snapshot", "shared_accounts", Default::Nothing),
    ("aws_db_cluster_snapshot", "shared_accounts", Default::Nothing),
    ("aws_db_snapshot_copy", "shared_accounts", Default::Nothing),
    ("aws_security_group", "ingress", Default::Nothing),
    ("aws_db_instance", "apply_immediately", OFF),
    ("aws_db_instance", "auto_minor_version_upgrade", ON),
    ("aws_db_instance", "backup_retention_period", ZERO),
    ("aws_db_instance", "copy_tags_to_snapshot", OFF),
    ("aws_db_instance", "delete_automated_backups", ON),
    ("aws_db_instance", "deletion_protection", OFF),
    ("aws_db_instance", "enabled_cloudwatch_logs_exports", Default::Nothing),
    ("aws_db_instance", "iam_database_authentication_enabled", OFF),
    ("aws_db_instance", "max_allocated_storage", ZERO),
    ("aws_db_instance", "monitoring_interval", ZERO),
    ("aws_db_instance", "multi_az", OFF),
    ("aws_db_instance", "performance_insights_enabled", OFF),
    ("aws_db_instance", "publicly_accessible", OFF),
    ("aws_db_instance", "skip_final_snapshot", OFF),
    ("aws_db_instance", "storage_encrypted", OFF),
    ("aws_rds_cluster", "backtrack_window", ZERO),
    ("aws_rds_cluster", "backup_retention_period", Default::Number(1)),
    ("aws_rds_cluster", "copy_tags_to_snapshot", OFF),
    ("aws_rds_cluster", "delete_automated_backups", ON),
    ("aws_rds_cluster", "deletion_protection", OFF),
    ("aws_rds_cluster", "enable_http_endpoint", OFF),
    ("aws_rds_cluster", "enabled_cloudwatch_logs_exports", Default::Nothing),
    ("aws_rds_cluster", "iam_database_authentication_enabled", OFF),
    ("aws_rds_cluster", "skip_final_snapshot", OFF),
    ("aws_rds_cluster_instance", "auto_minor_version_upgrade", ON),
    ("aws_rds_cluster_instance", "monitoring_interval", ZERO),
    ("aws_rds_cluster_instance", "publicly_accessible", OFF),
    ("aws_docdb_cluster", "backup_retention_period", Default::Number(1)),
    ("aws_docdb_cluster", "deletion_protection", OFF),
    ("aws_docdb_cluster", "enabled_cloudwatch_logs_exports", Default::Nothing),
    ("aws_docdb_cluster", "skip_final_snapshot", OFF),
    ("aws_docdb_cluster_instance", "auto_minor_version_upgrade", ON),
    ("aws_neptune_cluster", "backup_retention_period", Default::Number(1)),
    ("aws_neptune_cluster", "copy_tags_to_snapshot", OFF),
    ("aws_neptune_cluster", "deletion_protection", OFF),
    ("aws_neptune_cluster", "enable_cloudwatch_logs_exports", Default::Nothing),
    ("aws_neptune_cluster", "iam_database_authentication_enabled", OFF),
    ("aws_neptune_cluster", "skip_final_snapshot", OFF),
    ("aws_neptune_cluster", "storage_encrypted", OFF),
    ("aws_neptune_cluster_instance", "auto_minor_version_upgrade", ON),
    ("aws_neptune_cluster_instance", "publicly_accessible", OFF),
    ("aws_rds_global_cluster", "deletion_protection", OFF),
    ("aws_db_proxy", "debug_logging", OFF),
    ("aws_db_proxy", "require_tls", OFF),
    ("aws_db_event_subscription", "enabled", ON),
    ("aws_cloudwatch_log_group", "retention_in_days", ZERO),
    // Provider documentation of the type; catalogue rows elasticache-* for what is omitted.
    ("aws_elasticache_replication_group", "at_rest_encryption_enabled", OFF),
    ("aws_elasticache_replication_group", "auto_minor_version_upgrade", ON),
    ("aws_elasticache_replication_group", "automatic_failover_enabled", OFF),
    ("aws_elasticache_replication_group", "engine", Default::Word("redis")),
    ("aws_elasticache_replication_group", "multi_az_enabled", OFF),
    ("aws_elasticache_replication_group", "snapshot_retention_limit", ZERO),
    ("aws_elasticache_replication_group", "transit_encryption_enabled", OFF),
    // internal/service/dms of the provider: what is not set is sent as false; API_CreateEndpoint for `ssl_mode`.
    ("aws_dms_replication_instance", "auto_minor_version_upgrade", OFF),
    ("aws_dms_replication_instance", "multi_az", OFF),
    ("aws_dms_replication_instance", "publicly_accessible", OFF),
    ("aws_dms_endpoint", "ssl_mode", Default::Word("none")),
    ("aws_dms_replication_task", "replication_task_settings", Default::Word("{}")),
    ("aws_kms_key", "enable_key_rotation", OFF),
    ("aws_kms_key", "is_enabled", ON),
    ("aws_guardduty_detector", "enable", ON),
    ("aws_redshift_cluster", "allow_version_upgrade", ON),
    ("aws_redshift_cluster", "automated_snapshot_retention_period", Default::Number(1)),
    ("aws_redshift_cluster", "cluster_subnet_group_name", Default::Word("default")),
    ("aws_redshift_cluster", "database_name", Default::Word("dev")),
    // Since version 6 of the provider, which the fixture asks for.
    ("aws_redshift_cluster", "encrypted", ON),
    ("aws_redshift_cluster", "publicly_accessible", OFF),
    ("aws_redshift_cluster", "enhanced_vpc_routing", OFF),
    ("aws_redshift_cluster", "manage_master_password", OFF),
    ("aws_redshift_cluster", "multi_az", OFF),
    ("aws_redshift_cluster", "skip_final_snapshot", OFF),
    ("aws_redshiftserverless_namespace", "admin_username", Default::Word("admin")),
    ("aws_redshiftserverless_namespace", "db_name", Default::Word("dev")),
    ("aws_redshiftserverless_namespace", "log_exports", Default::Nothing),
    ("aws_redshiftserverless_namespace", "manage_admin_password", OFF),
    ("aws_redshiftserverless_workgroup", "enhanced_vpc_routing", OFF),
    ("aws_redshiftserverless_workgroup", "publicly_accessible", OFF),
    ("aws_dynamodb_table", "deletion_protection_enabled", OFF),
    ("aws_dynamodb_table", "point_in_time_recovery", Default::Nothing),
    ("aws_dynamodb_table", "replica", Default::Nothing),
    ("aws_dynamodb_table", "server_side_encryption", Default::Nothing),
    ("aws_dynamodb_table_replica", "deletion_protection_enabled", OFF),
    ("aws_dynamodb_table_replica", "point_in_time_recovery", OFF),
];
