//! What databases that live in memory have in common: those of ElastiCache, MemoryDB and DAX.

use serde_json::Value as Json;

use crate::facts::aws::{engine, shared};
use crate::facts::catalogue::*;
use crate::facts::common::{
    CHANGED_ATTRIBUTES_OF_ALL, PLANNED_ACTION_OF_ALL, REPLACE_ATTRIBUTES_OF_ALL, TAGS_OF_ALL, runs,
};
use crate::facts::mapping::{Derived, Row, absent};
use crate::facts::view::{Attr, Constant, View, boolean, lower, strings, text};
use crate::model::{FactState, SetBy, Text, Unknown, Value};
use crate::source::terraform::Attribute;

const NO_INSIGHTS: &str = "in-memory databases have no Performance Insights";
const NO_DIRECTORY: &str = "in-memory databases join no directory";
const NO_PASSWORD: &str = "in-memory databases have no administrator with a password";
const IN_MEMORY: &str = "its data is in memory";
const NO_MONITORING: &str = "in-memory databases have no enhanced monitoring";
const NOT_TOLD: &str = "the provider tells it of relational databases only";
/// AWS Backup lists what it supports, and none of them is in the list
/// (docs.aws.amazon.com/aws-backup/latest/devguide/whatisbackup.html#supported-resources).
const NO_BACKUP_SERVICE: &str = "the provider's backup service protects no in-memory databases";

/// In place of the rows that relational databases share.
pub(super) static COMMON: &[Row] = &[
    TAGS_OF_ALL,
    PLANNED_ACTION_OF_ALL,
    REPLACE_ATTRIBUTES_OF_ALL,
    CHANGED_ATTRIBUTES_OF_ALL,
    // Identity
    absent(REPLICATES, "in-memory databases replicate across regions by global datastores only"),
    absent(DATABASE_NAME, "an in-memory database is one space of keys without a name"),
    absent(SERVERLESS_V1, "only Aurora has the first serverless mode"),
    absent(ENGINE_MODE, "only Aurora has engine modes"),
    absent(SERVERLESS_MIN_CAPACITY_HALF_UNITS, "in-memory databases have no capacity units"),
    absent(SERVERLESS_MAX_CAPACITY_HALF_UNITS, "in-memory databases have no capacity units"),
    // Encryption
    absent(PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY, NO_INSIGHTS),
    absent(INSIGHTS_KEY, NO_INSIGHTS),
    absent(CA_CERTIFICATE, "the certificates of in-memory databases are not chosen by the customer"),
    // Patch
    absent(EXTENDED_SUPPORT, "nobody chooses whether an in-memory database enters extended support"),
    // Access
    absent(PUBLICLY_ACCESSIBLE, "in-memory databases have no public addresses"),
    absent(DIRECTORY, NO_DIRECTORY),
    absent(DIRECTORY_IAM_ROLE, NO_DIRECTORY),
    absent(MASTER_USERNAME, NO_PASSWORD),
    absent(MASTER_PASSWORD_MANAGED, NO_PASSWORD),
    absent(MASTER_SECRET_KEY, NO_PASSWORD),
    absent(MASTER_PASSWORD_IN_STATE, NO_PASSWORD),
    absent(DATA_API, "in-memory databases have no Data API"),
    // Retention
    absent(COPY_TAGS_TO_SNAPSHOT, "nobody chooses whether its snapshots get its tags"),
    absent(KEEPS_AUTOMATED_BACKUPS, "nobody chooses whether its snapshots outlive it"),
    absent(BACKTRACK_WINDOW_SECONDS, "only Aurora MySQL can be wound back in place"),
    // Availability
    absent(DELETION_PROTECTION, "in-memory databases have no deletion protection"),
    absent(STORAGE_TYPE, IN_MEMORY),
    absent(IOPS, IN_MEMORY),
    absent(CLUSTER_ALLOCATED_STORAGE_GIB, IN_MEMORY),
    absent(PROMOTION_TIER, "nobody chooses which replica is promoted"),
    // Logging
    absent(ENHANCED_MONITORING_SECONDS, NO_MONITORING),
    absent(MONITORING_ROLE, NO_MONITORING),
    absent(DATABASE_INSIGHTS_MODE, "in-memory databases have no Database Insights"),
    absent(PERFORMANCE_INSIGHTS, NO_INSIGHTS),
    absent(PERFORMANCE_INSIGHTS_RETENTION_DAYS, NO_INSIGHTS),
    // Change
    absent(ALLOW_MAJOR_VERSION_UPGRADE, "a major version upgrade needs no leave of its own"),
    // What runs
    runs(UNAPPLIED_GROUPS, strings("unapplied_groups")),
    runs(OBSERVED_AT, text("observed_at")),
    absent(STORAGE_ENCRYPTION_TYPE, NOT_TOLD),
    absent(CERTIFICATE_VALID_TILL, NOT_TOLD),
    absent(ENGINE_VERSION_OFFERED, NOT_TOLD),
    absent(ENGINE_SUPPORT_END, NOT_TOLD),
    absent(PENDING_MAINTENANCE, NOT_TOLD),
    absent(MAINTENANCE_FORCED_AT, NOT_TOLD),
    absent(LATEST_RESTORABLE_TIME, "in-memory databases are restored from snapshots, not to a moment"),
    absent(LAST_SNAPSHOT_TIME, NOT_TOLD),
    absent(IN_BACKUP_PLAN, NO_BACKUP_SERVICE),
    absent(LAST_RESTORE_TEST, NO_BACKUP_SERVICE),
    absent(LAST_AIR_GAPPED_BACKUP, NO_BACKUP_SERVICE),
    absent(ROUTES_THROUGH_NETWORK, shared::LOADS_NOTHING),
    absent(INTERNET_ACCESS_GATEWAY, "caches have no gateway to the internet"),
    absent(AUDIT_LOGGING, shared::LOGS_BY_NAME),
    absent(BLUE_GREEN_SINCE, "caches have no blue/green deployments"),
    absent(STOPPED_SINCE, "a cache cannot be stopped"),
];

/// Why Memcached has none of what belongs to data that is kept.
pub(super) const KEEPS_NOTHING: &str = "Memcached keeps nothing: no disk, no snapshot, no replica";

/// A fact that Memcached does not have.
pub(super) fn unless_memcached(view: &View<'_>, why_not: &'static str, fact: impl FnOnce() -> Derived) -> Derived {
    match engine::known(view).as_deref() {
        Some("memcached") => (FactState::Missing(Text::Static(why_not)), SetBy::Derived),
        _ => fact(),
    }
}

/// Whether data is lost with it: Memcached keeps none. Only an engine that is not known leaves it open.
pub(super) fn holds_data(view: &View<'_>) -> Derived {
    match lower("engine").inherited().state(view) {
        (FactState::Known(engine), set_by) => {
            (FactState::Known(Value::Bool(engine.as_str() != Some("memcached"))), set_by)
        }
        open => open,
    }
}

/// A fact that is what it is, whatever is chosen.
pub(super) fn always(value: impl Into<Value>) -> Derived {
    (FactState::Known(value.into()), SetBy::Derived)
}

/// The version; `6.x` names the major version, and leaves the minor one to the provider (provider documentation of
/// aws_elasticache_replication_group).
pub(super) fn version(view: &View<'_>, attribute: &'static str) -> Derived {
    match text(attribute).inherited().state(view) {
        (FactState::Known(Value::String(version)), set_by) => {
            (FactState::Known(Value::from(version.strip_suffix(".x").unwrap_or(&version))), set_by)
        }
        told => told,
    }
}

/// Whether connections without TLS are refused: TLS is on, and not in the mode that takes both while clients are moved. When
/// nothing is said of the mode, TLS is required
/// (docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html).
pub(super) fn tls_required(view: &View<'_>) -> Derived {
    const MODE: Attr = lower("transit_encryption_mode").means(Constant::Text("required")).inherited();
    let told = boolean("transit_encryption_enabled").creates(Constant::Boolean(false)).inherited().state(view);
    match (told, MODE.state(view)) {
        ((FactState::Known(Value::Bool(true)), _), (FactState::Known(Value::String(mode)), set_by)) => {
            (FactState::Known(Value::Bool(&*mode != "preferred")), set_by)
        }
        ((FactState::Known(Value::Bool(true)), _), open) => open,
        (told, _) => told,
    }
}

/// The kinds of logs that are delivered; each block delivers one.
pub(super) fn log_exports(view: &View<'_>) -> Derived {
    const BLOCK: &str = "log_delivery_configuration";
    let blocks = view.blocks(BLOCK);
    let types: Vec<&str> = blocks.iter().filter_map(|block| block.get("log_type").and_then(Json::as_str)).collect();
    let is_whole = types.len() == blocks.len();
    let known = Value::set(types.into_iter().map(Value::from));
    let state = match view.get(BLOCK) {
        Attribute::Undetermined(why) => FactState::Unknown(why.clone()),
        Attribute::Sensitive => FactState::Unknown(Unknown::Sensitive),
        Attribute::Referenced(_) => FactState::Unknown(Unknown::KnownAfterApply),
        _ if is_whole => FactState::Known(known),
        _ => FactState::Partial(known, Unknown::KnownAfterApply),
    };
    (state, SetBy::Source)
}

/// Whether deleting it takes a last snapshot: exactly when one is named (provider documentation of
/// aws_elasticache_replication_group: "If omitted, no final snapshot will be made").
pub(super) fn final_snapshot(view: &View<'_>, attribute: &str) -> Derived {
    let named = !matches!(view.get(attribute), Attribute::Null | Attribute::Computed);
    match view.get(attribute) {
        Attribute::Undetermined(why) => (FactState::Unknown(why.clone()), SetBy::Source),
        _ => (FactState::Known(Value::Bool(named)), SetBy::Derived),
    }
}
