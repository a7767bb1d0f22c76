//! The catalogue of facts: name, type, unit, meaning, the kinds of resource that have it, and the provider attributes
//! behind it. `dbkeel facts` prints it; `docs/` has it generated.
//!
//! A fact is a promise to policies: once released, its name, type and meaning do not change.

use serde::Serialize;

use crate::model::Kind;

/// The type of a fact's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FactType {
    /// True or false.
    Boolean,
    /// A whole number.
    Integer,
    /// Text.
    String,
    /// A set of texts: sorted, without duplicates.
    Strings,
    /// Texts by name, read by key: `input.tags.owner`.
    Map,
}

impl FactType {
    /// The word that the documentation uses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::String => "string",
            Self::Strings => "strings",
            Self::Map => "map",
        }
    }
}

/// One row of the catalogue.
#[derive(Debug, Serialize)]
pub struct FactDef {
    /// The name that policies read: `input.<name>`.
    pub name: &'static str,
    /// The type of its value.
    #[serde(rename = "type")]
    pub ty: FactType,
    /// The unit of an integer.
    pub unit: Option<&'static str>,
    /// What it means, in a sentence or two.
    pub meaning: &'static str,
    /// The kinds of resource that have it.
    pub kinds: &'static [Kind],
    /// The Terraform attributes behind it: (resource type, attribute).
    pub terraform: &'static [(&'static str, &'static str)],
}

/// A fact: a position in [`CATALOGUE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(u16);

impl FactId {
    /// Its row of the catalogue.
    pub fn def(self) -> &'static FactDef {
        // INVARIANT: ids are made only by the catalogue's macro and by `find`, from positions in the table.
        #[expect(clippy::indexing_slicing, reason = "the id was made from a position in this table")]
        &CATALOGUE[self.0 as usize]
    }

    /// Its position in the catalogue.
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// Every fact, in catalogue order.
    pub fn all() -> impl Iterator<Item = FactId> {
        (0..CATALOGUE.len() as u16).map(FactId)
    }
}

/// Finds a fact by name.
pub fn find(name: &str) -> Option<FactId> {
    CATALOGUE.iter().position(|def| def.name == name).map(|position| FactId(position as u16))
}

macro_rules! catalogue {
    ($($(#[unit = $unit:literal])? $id:ident: $ty:ident, $name:literal, [$($kind:ident),+], $meaning:literal, [$(($rtype:literal, $attr:literal)),* $(,)?];)+) => {
        /// Every fact.
        pub static CATALOGUE: &[FactDef] = &[
            $(FactDef {
                name: $name,
                ty: FactType::$ty,
                unit: catalogue!(@unit $($unit)?),
                meaning: $meaning,
                kinds: &[$(Kind::$kind),+],
                terraform: &[$(($rtype, $attr)),*],
            }),+
        ];
        catalogue!(@ids 0u16; $($id, $name, $meaning;)+);
    };
    (@unit) => { None };
    (@unit $unit:literal) => { Some($unit) };
    (@ids $position:expr; $id:ident, $name:literal, $meaning:literal; $($rest:tt)*) => {
        #[doc = concat!("`", $name, "`: ", $meaning)]
        pub const $id: FactId = FactId($position);
        catalogue!(@ids $position + 1; $($rest)*);
    };
    (@ids $position:expr;) => {};
}

catalogue! {
    // Identity
    ENGINE: String, "engine", [Instance, Cluster, ClusterMember, GlobalCluster, Snapshot],
        "The database engine in the provider's own word, lower case: `postgres`, `aurora-mysql`, `docdb`.", [];
    ENGINE_VERSION: String, "engine_version", [Instance, Cluster, ClusterMember, GlobalCluster],
        "The engine version as declared or running; a declaration may be less precise than what runs (`16` for `16.3`).", [];
    ENGINE_MAJOR_VERSION: String, "engine_major_version", [Instance, Cluster, GlobalCluster],
        "The major version by the engine's own counting: PostgreSQL `16`, MySQL `8.0`, Aurora MySQL `3`.", [];
    INSTANCE_CLASS: String, "instance_class", [Instance, ClusterMember],
        "The compute and memory class: `db.r6g.large`.", [];
    IS_REPLICA: Boolean, "is_replica", [Instance, Cluster],
        "Whether it replicates another database and so inherits what that one sets.", [];
    RESTORED: Boolean, "restored", [Instance, Cluster],
        "Whether it is made from a snapshot, a point in time or a bucket, and so inherits what it omits.", [];
    SERVERLESS_V1: Boolean, "serverless_v1", [Cluster],
        "Whether the cluster runs in the first serverless mode, which is always encrypted and has no members.", [];
    TAGS: Map, "tags", [Instance, Cluster, ClusterMember, Snapshot, ParameterGroup, OptionGroup, SubnetGroup, Proxy, EventSubscription],
        "Tags by key, with those that the provider's default tags add.", [];

    // Encryption
    ENCRYPTED_AT_REST: Boolean, "encrypted_at_rest", [Instance, Cluster, GlobalCluster, Snapshot],
        "Whether the storage is encrypted, with whatever key.", [];
    CUSTOMER_MANAGED_KEY: Boolean, "customer_managed_key", [Instance, Cluster, Snapshot, BackupReplication],
        "Whether the storage is encrypted with a key that the customer manages, not the provider's own.", [];
    KEY_ROTATION: Boolean, "key_rotation", [Instance, Cluster],
        "Whether the customer managed key of the storage is rotated automatically.", [];
    KEY_ENABLED: Boolean, "key_enabled", [Instance, Cluster],
        "Whether the customer managed key of the storage is enabled, so that the database can start.", [];
    TLS_REQUIRED: Boolean, "tls_required", [Instance, Cluster, Proxy],
        "Whether connections without TLS are refused, by the engine's effective parameters or the proxy's setting.", [];
    CA_CERTIFICATE: String, "ca_certificate", [Instance, ClusterMember],
        "The identifier of the certificate authority of the server certificate: `rds-ca-rsa2048-g1`.", [];
    PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY: Boolean, "performance_insights_customer_managed_key", [Instance, Cluster, ClusterMember],
        "Whether Performance Insights data is encrypted with a key that the customer manages; missing when Performance Insights is off.", [];

    // Patch
    AUTO_MINOR_VERSION_UPGRADE: Boolean, "auto_minor_version_upgrade", [Instance, Cluster, ClusterMember],
        "Whether the provider applies minor engine versions in the maintenance window.", [];
    EXTENDED_SUPPORT: Boolean, "extended_support", [Instance, Cluster, GlobalCluster],
        "Whether the database enters paid extended support when its major version leaves standard support.", [];
    MAINTENANCE_WINDOW: String, "maintenance_window", [Instance, Cluster, ClusterMember],
        "The weekly window for maintenance, UTC, lower case: `sun:04:00-sun:05:00`.", [];

    // Access
    PUBLICLY_ACCESSIBLE: Boolean, "publicly_accessible", [Instance, ClusterMember],
        "Whether the server gets an address that the internet can resolve and route to.", [];
    INGRESS_CIDRS: Strings, "ingress_cidrs", [Instance, Cluster],
        "The address ranges that the attached security groups let in to the database port.", [];
    SUBNETS_WITH_INTERNET_ROUTE: Strings, "subnets_with_internet_route", [Instance, Cluster],
        "The subnets of the database whose route table leads to an internet gateway.", [];
    SUBNET_GROUP: String, "subnet_group", [Instance, Cluster],
        "The name of the subnet group; `default` is the account's own.", [];
    PORT: Integer, "port", [Instance, Cluster],
        "The TCP port that the database listens on.", [];
    IAM_AUTHENTICATION: Boolean, "iam_authentication", [Instance, Cluster],
        "Whether database users may log in with the provider's identities instead of passwords.", [];
    MASTER_USERNAME: String, "master_username", [Instance, Cluster],
        "The name of the administrative user.", [];
    MASTER_PASSWORD_MANAGED: Boolean, "master_password_managed", [Instance, Cluster],
        "Whether the provider keeps and rotates the administrator's password in its secret store.", [];
    MASTER_PASSWORD_IN_STATE: Boolean, "master_password_in_state", [Instance, Cluster],
        "Whether the administrator's password passes through the configuration, and so stands in the Terraform state.", [];
    SECRET_ROTATION: Boolean, "secret_rotation", [Proxy],
        "Whether every secret that the proxy authenticates with is rotated.", [];
    DATA_API: Boolean, "data_api", [Cluster],
        "Whether SQL can be sent over the provider's HTTP API.", [];
    SHARED_WITH: Strings, "shared_with", [Snapshot],
        "The accounts that may restore the snapshot; `all` is everybody.", [];
    PROXY_IAM_AUTHENTICATION: Boolean, "proxy_iam_authentication", [Proxy],
        "Whether every login of the proxy requires the provider's identities.", [];
    PROXY_DEBUG_LOGGING: Boolean, "proxy_debug_logging", [Proxy],
        "Whether the proxy logs the text of SQL statements.", [];

    // Retention
    #[unit = "days"]
    BACKUP_RETENTION_DAYS: Integer, "backup_retention_days", [Instance, Cluster],
        "How long automated backups are kept, and so how far back point-in-time recovery reaches; 0 is no backups.", [];
    BACKUP_WINDOW: String, "backup_window", [Instance, Cluster],
        "The daily window for backups, UTC: `03:00-03:30`.", [];
    COPY_TAGS_TO_SNAPSHOT: Boolean, "copy_tags_to_snapshot", [Instance, Cluster],
        "Whether snapshots get the database's tags.", [];
    FINAL_SNAPSHOT: Boolean, "final_snapshot", [Instance, Cluster],
        "Whether deleting it takes a last snapshot.", [];
    KEEPS_AUTOMATED_BACKUPS: Boolean, "keeps_automated_backups", [Instance, Cluster],
        "Whether automated backups outlive the deletion of the database, for their retention period.", [];
    #[unit = "seconds"]
    BACKTRACK_WINDOW_SECONDS: Integer, "backtrack_window_seconds", [Cluster],
        "How far an Aurora MySQL cluster can be wound back in place; 0 is off.", [];
    BACKUPS_REPLICATED: Boolean, "backups_replicated", [Instance],
        "Whether automated backups are copied to another region.", [];

    // Availability
    MULTI_AZ: Boolean, "multi_az", [Instance, Cluster],
        "Whether a standby or another member in a second zone takes over when the first fails.", [];
    DELETION_PROTECTION: Boolean, "deletion_protection", [Instance, Cluster, GlobalCluster],
        "Whether the provider refuses to delete it.", [];
    SUBNET_ZONES: Strings, "subnet_zones", [SubnetGroup],
        "The availability zones of its subnets.", [];
    #[unit = "GiB"]
    ALLOCATED_STORAGE_GIB: Integer, "allocated_storage_gib", [Instance],
        "The storage allocated.", [];
    #[unit = "GiB"]
    STORAGE_AUTOSCALING_LIMIT_GIB: Integer, "storage_autoscaling_limit_gib", [Instance],
        "The size up to which storage grows by itself; 0 is off.", [];
    STORAGE_TYPE: String, "storage_type", [Instance, Cluster],
        "The storage type in the provider's own word: `gp3`, `io2`, `aurora`.", [];
    MEMBER_COUNT: Integer, "member_count", [Cluster],
        "How many members the cluster has.", [];
    PROMOTION_TIER: Integer, "promotion_tier", [ClusterMember],
        "The order in which members are promoted when the writer fails; 0 first.", [];

    // Logging
    LOG_EXPORTS: Strings, "log_exports", [Instance, Cluster],
        "The engine logs that are sent to the provider's log service.", [];
    #[unit = "seconds"]
    ENHANCED_MONITORING_SECONDS: Integer, "enhanced_monitoring_seconds", [Instance, Cluster, ClusterMember],
        "The interval of operating system metrics; 0 is off.", [];
    PERFORMANCE_INSIGHTS: Boolean, "performance_insights", [Instance, Cluster, ClusterMember],
        "Whether query load is recorded.", [];
    #[unit = "days"]
    PERFORMANCE_INSIGHTS_RETENTION_DAYS: Integer, "performance_insights_retention_days", [Instance, Cluster, ClusterMember],
        "How long query load is kept; missing when Performance Insights is off.", [];
    EVENT_SOURCE_TYPE: String, "event_source_type", [EventSubscription],
        "What the subscription listens to: `db-instance`, `db-cluster`, …; `all` is everything.", [];
    EVENT_CATEGORIES: Strings, "event_categories", [EventSubscription],
        "The categories that it listens to; `all` is every category.", [];
    SUBSCRIPTION_ENABLED: Boolean, "subscription_enabled", [EventSubscription],
        "Whether the subscription delivers.", [];

    // Parameters
    PARAMETERS: Map, "parameters", [Instance, Cluster, ParameterGroup],
        "Effective engine parameters by name, lower case: the parameter group's values over the engine's defaults as far as known; values as text, lower case, `1` and `0` for on and off.", [];
    PARAMETER_GROUP: String, "parameter_group", [Instance, Cluster, ClusterMember],
        "The name of its own parameter group (of a cluster: the cluster parameter group).", [];
    DEFAULT_PARAMETER_GROUP: Boolean, "default_parameter_group", [Instance, Cluster],
        "Whether it uses the engine's default parameter group, which nobody can edit.", [];
    PARAMETER_GROUP_FAMILY: String, "parameter_group_family", [ParameterGroup],
        "The engine family that the group is for: `postgres16`.", [];
    OPTIONS: Strings, "options", [OptionGroup],
        "The engine options that the group turns on.", [];

    // Change: only a plan gives these
    PLANNED_ACTION: String, "planned_action", [Instance, Cluster, ClusterMember, GlobalCluster, Snapshot, ParameterGroup, OptionGroup, SubnetGroup, Proxy, BackupReplication],
        "What the plan does: `create`, `update`, `delete`, `delete-then-create`, `create-then-delete`, `no-op`, `read`, `forget`.", [];
    REPLACE_ATTRIBUTES: Strings, "replace_attributes", [Instance, Cluster, ClusterMember, GlobalCluster, SubnetGroup],
        "The attributes whose change forces the replacement.", [];
    CHANGED_ATTRIBUTES: Strings, "changed_attributes", [Instance, Cluster, ClusterMember, ParameterGroup],
        "The attributes that the plan changes.", [];
    APPLY_IMMEDIATELY: Boolean, "apply_immediately", [Instance, Cluster, ClusterMember],
        "Whether changes are made at once instead of in the maintenance window.", [];
    ALLOW_MAJOR_VERSION_UPGRADE: Boolean, "allow_major_version_upgrade", [Instance, Cluster],
        "Whether the provider may be asked for a major version upgrade.", [];
    STATIC_PARAMETERS_CHANGED: Strings, "static_parameters_changed", [ParameterGroup],
        "The parameters that the plan changes and that need a reboot to take effect (`apply_method = \"pending-reboot\"`).", [];
}
