//! Amazon Web Services: one file a resource type, or a few types that differ in words only.

mod api;
mod cache;
mod engine;
mod key;
mod provider;
mod shared;

mod activity_stream;
mod backup;
mod backup_replication;
mod cache_cluster;
mod cluster_instance;
mod dax;
mod db_instance;
mod db_proxy;
mod dms;
mod docdb;
mod dynamodb;
mod elasticache;
mod event_subscription;
mod global_cluster;
mod groups;
mod guardduty;
mod keyspaces;
mod kms;
mod live;
mod log_group;
mod memorydb;
mod neptune;
mod network;
mod parameter_group;
mod policy_document;
mod rds_cluster;
mod redshift;
mod redshift_serverless;
mod schedule;
mod secret;
mod security_group;
mod snapshot;
mod timestream;

use crate::facts::mapping::Mapping;

pub use live::{Arrived, AwsScope, map_aws, scope_seen};

/// Every mapped type. INVARIANT: sorted by type.
pub(crate) static MAPPINGS: &[&Mapping] = &[
    &dynamodb::SCALABLE_TARGET,
    &backup::BACKUP_LOGICALLY_AIR_GAPPED_VAULT,
    &backup::BACKUP_PLAN,
    &backup::BACKUP_REGION_SETTINGS,
    &backup::BACKUP_VAULT,
    &backup::BACKUP_VAULT_LOCK_CONFIGURATION,
    &backup::BACKUP_VAULT_NOTIFICATIONS,
    &backup::BACKUP_VAULT_POLICY,
    &log_group::LOG_GROUP,
    &dax::DAX_CLUSTER,
    &dax::DAX_SUBNET_GROUP,
    &snapshot::DB_CLUSTER_SNAPSHOT,
    &event_subscription::DB_EVENT_SUBSCRIPTION,
    &db_instance::DB_INSTANCE,
    &backup_replication::DB_INSTANCE_AUTOMATED_BACKUPS_REPLICATION,
    &groups::DB_OPTION_GROUP,
    &parameter_group::DB_PARAMETER_GROUP,
    &db_proxy::DB_PROXY,
    &db_proxy::DB_PROXY_TARGET,
    &security_group::DB_SECURITY_GROUP,
    &snapshot::DB_SNAPSHOT,
    &snapshot::DB_SNAPSHOT_COPY,
    &groups::DB_SUBNET_GROUP,
    &dms::ENDPOINT,
    &dms::REPLICATION_INSTANCE,
    &dms::REPLICATION_TASK,
    &dms::S3_ENDPOINT,
    &docdb::DOCDB_CLUSTER,
    &docdb::DOCDB_CLUSTER_INSTANCE,
    &parameter_group::DOCDB_CLUSTER_PARAMETER_GROUP,
    &snapshot::DOCDB_CLUSTER_SNAPSHOT,
    &global_cluster::DOCDB_GLOBAL_CLUSTER,
    &groups::DOCDB_SUBNET_GROUP,
    &dynamodb::RESOURCE_POLICY,
    &dynamodb::TABLE,
    &dynamodb::TABLE_REPLICA,
    &cache_cluster::CACHE_CLUSTER,
    &elasticache::GLOBAL_REPLICATION_GROUP,
    &elasticache::PARAMETER_GROUP_OF_CACHES,
    &elasticache::REPLICATION_GROUP,
    &elasticache::SERVERLESS_CACHE,
    &elasticache::SUBNET_GROUP_OF_CACHES,
    &guardduty::DETECTOR,
    &guardduty::DETECTOR_FEATURE,
    &keyspaces::TABLE,
    &kms::KMS_ALIAS,
    &kms::KMS_EXTERNAL_KEY,
    &kms::KMS_KEY,
    &kms::KMS_KEY_POLICY,
    &kms::KMS_REPLICA_EXTERNAL_KEY,
    &kms::KMS_REPLICA_KEY,
    &memorydb::MEMORYDB_CLUSTER,
    &memorydb::MEMORYDB_PARAMETER_GROUP,
    &memorydb::MEMORYDB_SNAPSHOT,
    &memorydb::MEMORYDB_SUBNET_GROUP,
    &neptune::NEPTUNE_CLUSTER,
    &neptune::NEPTUNE_CLUSTER_INSTANCE,
    &parameter_group::NEPTUNE_CLUSTER_PARAMETER_GROUP,
    &snapshot::NEPTUNE_CLUSTER_SNAPSHOT,
    &global_cluster::NEPTUNE_GLOBAL_CLUSTER,
    &parameter_group::NEPTUNE_PARAMETER_GROUP,
    &groups::NEPTUNE_SUBNET_GROUP,
    &rds_cluster::RDS_CLUSTER,
    &activity_stream::RDS_CLUSTER_ACTIVITY_STREAM,
    &cluster_instance::RDS_CLUSTER_INSTANCE,
    &parameter_group::RDS_CLUSTER_PARAMETER_GROUP,
    &global_cluster::RDS_GLOBAL_CLUSTER,
    &redshift::CLUSTER,
    &redshift::LOGGING,
    &redshift::PARAMETER_GROUP_MAPPING,
    &redshift::SNAPSHOT_COPY_GRANT,
    &redshift::SUBNET_GROUP_MAPPING,
    &redshift_serverless::NAMESPACE,
    &redshift_serverless::WORKGROUP,
    &network::ROUTE,
    &network::ROUTE_TABLE,
    &network::ROUTE_TABLE_ASSOCIATION,
    &secret::SECRET,
    &secret::SECRET_POLICY,
    &secret::ROTATION,
    &secret::SECRET_VERSION,
    &security_group::SECURITY_GROUP,
    &security_group::SECURITY_GROUP_RULE,
    &network::SUBNET,
    &timestream::DATABASE,
    &security_group::VPC_SECURITY_GROUP_INGRESS_RULE,
];

#[cfg(test)]
mod tests;
