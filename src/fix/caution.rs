//! What an attribute brings with it: others that must be there or must not, and what it does to a database that runs.
//!
//! Sources: the provider's documentation of each resource type (hashicorp/aws 6), under the attribute; the RDS API
//! reference, `CreateDBInstance`, under `MonitoringInterval`; the user guides of RDS and Aurora on encryption at rest,
//! backtracking and extended support.

use crate::source::terraform::hcl::Body;

/// Attributes that exclude each other: setting the first while one of the others is set is an error.
const EXCLUDED: &[(&str, &[&str])] = &[
    ("manage_master_user_password", &["password", "password_wo", "master_password", "master_password_wo"]),
    ("automatically_after_days", &["schedule_expression"]),
];

/// Attributes that mean nothing, or an error, without another.
const NEEDED: &[(&str, &str)] = &[
    ("monitoring_interval", "monitoring_role_arn"),
    ("performance_insights_retention_period", "performance_insights_enabled"),
    ("multi_az_enabled", "automatic_failover_enabled"),
];

/// Attributes that are decided when a database is made.
const AT_CREATION: &[&str] = &[
    "storage_encrypted",
    "backtrack_window",
    "engine_lifecycle_support",
    "at_rest_encryption_enabled",
    "cluster_endpoint_encryption_type",
    "tls_enabled",
];

/// What a person should know beforehand: attribute, value, the attribute that would settle it, words.
const TOLD: &[(&str, &str, &str, &str)] = &[
    (
        "skip_final_snapshot",
        "false",
        "final_snapshot_identifier",
        "name the snapshot with `final_snapshot_identifier`, or destroying fails",
    ),
    (
        "transit_encryption_enabled",
        "true",
        "transit_encryption_mode",
        "a replication group that exists goes by the mode `preferred` first, and below Redis 7.0.5 it is replaced",
    ),
    (
        "automatic_failover_enabled",
        "true",
        "num_node_groups",
        "every shard needs a replica, so `num_cache_clusters` is 2 at least",
    ),
];

/// Why an attribute cannot be set in this block for certain.
pub(super) fn refusal(attribute: &str, value: &str, body: &Body) -> Option<String> {
    let is_set = |name: &str| body.attribute(name).is_some();
    let excluded = EXCLUDED.iter().filter(|(name, _)| *name == attribute).flat_map(|(_, others)| *others);
    if let Some(other) = excluded.into_iter().find(|other| value != "false" && is_set(other)) {
        return Some(format!("`{other}` is set too, and has to go or to change with it"));
    }
    let needed = NEEDED.iter().find(|(name, other)| *name == attribute && !is_set(other));
    needed.map(|(_, other)| format!("it needs `{other}` too, which is not set"))
}

/// Whether an attribute is decided when a database is made: another value replaces the database, or is refused.
pub(super) fn is_for_creation(attribute: &str) -> bool {
    AT_CREATION.contains(&attribute)
}

/// What a person should know before the change is applied.
pub(super) fn told(attribute: &str, value: &str, body: &Body) -> Vec<String> {
    let mut told = Vec::new();
    if is_for_creation(attribute) {
        told.push(format!(
            "`{attribute}` is decided when a database is made: read the plan before it is applied, since a database that \
             exists would be replaced"
        ));
    }
    let others = TOLD
        .iter()
        .filter(|(name, of, other, _)| *name == attribute && *of == value && body.attribute(other).is_none());
    told.extend(others.map(|(.., words)| (*words).to_owned()));
    told
}
