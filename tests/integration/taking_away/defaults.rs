//! What the AWS provider decides when a new resource's configuration omits an attribute: a constant that it sends, or
//! that the service is known to use. Sources: the provider's schema and create functions (`internal/service/rds`,
//! `docdb`, `neptune` of hashicorp/terraform-provider-aws), and botocore's `rds` service model for what is not sent.

use serde_json::{Value, json};

/// The default of an attribute; `None` when the provider may choose any value.
pub(super) fn default_of(kind: &str, attribute: &str) -> Option<Value> {
    DEFAULTS.iter().find(|(of, name, _)| *of == kind && *name == attribute).map(|(_, _, default)| default.value())
}

#[derive(Clone, Copy)]
enum Default {
    Bool(bool),
    Number(u64),
    Nothing,
}

impl Default {
    fn value(self) -> Value {
        match self {
            Self::Bool(value) => json!(value),
            Self::Number(value) => json!(value),
            Self::Nothing => json!([]),
        }
    }
}

const OFF: Default = Default::Bool(false);
const ON: Default = Default::Bool(true);
const ZERO: Default = Default::Number(0);

const DEFAULTS: &[(&str, &str, Default)] = &[
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
    ("aws_kms_key", "enable_key_rotation", OFF),
    ("aws_kms_key", "is_enabled", ON),
];
