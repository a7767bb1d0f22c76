//! What a resource is, and who runs it.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

macro_rules! word_enum {
    ($(#[$meta:meta])* $name:ident, $what:literal { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every value, in declaration order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that policies, baselines and reports use.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    other => Err(format!(
                        "`{other}` is not a {}; expected one of {}",
                        $what,
                        [$($word),+].join(", ")
                    )),
                }
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <std::borrow::Cow<'de, str>>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use word_enum;

word_enum! {
    /// What a resource is, whoever runs it.
    Kind, "kind" {
        /// A database server that stands by itself or replicates another: `aws_db_instance`.
        Instance = "instance",
        /// A cluster that owns storage and settings for its members: `aws_rds_cluster`.
        Cluster = "cluster",
        /// A server that belongs to a cluster: `aws_rds_cluster_instance`.
        ClusterMember = "cluster_member",
        /// Clusters of several regions joined: `aws_rds_global_cluster`.
        GlobalCluster = "global_cluster",
        /// A database snapshot, of an instance or a cluster.
        Snapshot = "snapshot",
        /// A set of engine parameters, for instances or clusters.
        ParameterGroup = "parameter_group",
        /// A set of engine options.
        OptionGroup = "option_group",
        /// The subnets that a database may use.
        SubnetGroup = "subnet_group",
        /// A connection proxy before a database.
        Proxy = "proxy",
        /// Automated backups copied to another region.
        BackupReplication = "backup_replication",
        /// Who is told about database events.
        EventSubscription = "event_subscription",
        /// A server that copies data from one database to another: `aws_dms_replication_instance`.
        ReplicationInstance = "replication_instance",
        /// A database as a server that copies data reaches it: `aws_dms_endpoint`.
        Endpoint = "endpoint",
        /// What is copied from one database to another: `aws_dms_replication_task`.
        ReplicationTask = "replication_task",
        /// A set of network rules.
        SecurityGroup = "security_group",
        /// A part of a network.
        Subnet = "subnet",
        /// An encryption key.
        Key = "key",
        /// A stored secret.
        Secret = "secret",
        /// A table that the provider runs by itself, without a server around it: `aws_dynamodb_table`.
        Table = "table",
        /// What holds data and its settings, without the compute that works on it: `aws_redshiftserverless_namespace`.
        Namespace = "namespace",
        /// The compute that works on the data of a namespace: `aws_redshiftserverless_workgroup`.
        Workgroup = "workgroup",
        /// Where a backup service keeps what it backed up: `aws_backup_vault`.
        BackupVault = "backup_vault",
        /// When a backup service backs up, and for how long it keeps that: `aws_backup_plan`.
        BackupPlan = "backup_plan",
        /// What a backup service does in an account and region: `aws_backup_region_settings`.
        BackupSettings = "backup_settings",
        /// Where the logs of a database are kept: `aws_cloudwatch_log_group`.
        LogGroup = "log_group",
        /// What watches an account and region for attacks: `aws_guardduty_detector`.
        Detector = "detector",
    }
}

word_enum! {
    /// Who runs a resource.
    Provider, "provider" {
        /// Amazon Web Services.
        Aws = "aws",
        /// Microsoft Azure.
        Azure = "azure",
        /// Google Cloud.
        Google = "google",
        /// A PostgreSQL server that the team runs itself.
        Postgres = "postgres",
        /// A MySQL or MariaDB server that the team runs itself.
        Mysql = "mysql",
    }
}
