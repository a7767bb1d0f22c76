//! The rows of the catalogue, by what they are about.

use super::{FactDef, FactId, FactType};
use crate::model::Kind;

catalogue! {
    // Identity
    ENGINE: String, "engine", [Instance, Cluster, ClusterMember, GlobalCluster, Snapshot, Table, Namespace, Workgroup],
        "The database engine in the provider's own word, lower case: `postgres`, `aurora-mysql`, `docdb`.", [
            ("aws_dax_cluster", "cluster_name"), ("aws_db_cluster_snapshot", "engine"), ("aws_db_instance", "engine"),
            ("aws_db_snapshot", "engine"), ("aws_db_snapshot_copy", "engine"), ("aws_docdb_cluster", "engine"),
            ("aws_docdb_cluster_instance", "engine"), ("aws_docdb_cluster_snapshot", "engine"),
            ("aws_docdb_global_cluster", "engine"), ("aws_dynamodb_table", "name"),
            ("aws_dynamodb_table_replica", "global_table_arn"), ("aws_elasticache_cluster", "engine"),
            ("aws_elasticache_global_replication_group", "engine"), ("aws_elasticache_replication_group", "engine"),
            ("aws_elasticache_serverless_cache", "engine"), ("aws_keyspaces_table", "table_name"),
            ("aws_memorydb_cluster", "engine"), ("aws_memorydb_snapshot", "cluster_configuration"),
            ("aws_neptune_cluster", "engine"), ("aws_neptune_cluster_instance", "engine"),
            ("aws_neptune_cluster_snapshot", "engine"), ("aws_neptune_global_cluster", "engine"),
            ("aws_rds_cluster", "engine"), ("aws_rds_cluster_instance", "engine"),
            ("aws_rds_global_cluster", "engine"), ("aws_redshift_cluster", "cluster_identifier"),
            ("aws_redshiftserverless_namespace", "namespace_name"),
            ("aws_redshiftserverless_workgroup", "workgroup_name"), ("aws_timestreamwrite_database", "database_name")];
    TIER_ASSIGNED: Boolean, "tier_assigned", [Instance, Cluster, Table, Namespace],
        "Whether an entry of the baseline's `assign`, its default or the fleet file gives it a tier; unknown while what decides is not known.", [];
    ENGINE_VERSION: String, "engine_version", [Instance, Cluster, ClusterMember, GlobalCluster],
        "The engine version as declared or running; a declaration may be less precise than what runs (`16` for `16.3`).", [
            ("aws_db_instance", "engine_version"), ("aws_docdb_cluster", "engine_version"),
            ("aws_docdb_cluster_instance", "engine_version"), ("aws_docdb_global_cluster", "engine_version"),
            ("aws_elasticache_cluster", "engine_version"),
            ("aws_elasticache_global_replication_group", "engine_version"),
            ("aws_elasticache_replication_group", "engine_version"),
            ("aws_elasticache_serverless_cache", "major_engine_version"), ("aws_memorydb_cluster", "engine_version"),
            ("aws_neptune_cluster", "engine_version"), ("aws_neptune_cluster_instance", "engine_version"),
            ("aws_neptune_global_cluster", "engine_version"), ("aws_rds_cluster", "engine_version"),
            ("aws_rds_cluster_instance", "engine_version"), ("aws_rds_global_cluster", "engine_version"),
            ("aws_redshift_cluster", "cluster_version")];
    ENGINE_MAJOR_VERSION: String, "engine_major_version", [Instance, Cluster, GlobalCluster],
        "The major version by the engine's own counting: PostgreSQL `16`, MySQL `8.0`, Aurora MySQL `3`.", [
            ("aws_db_instance", "engine_version"), ("aws_db_instance", "engine"),
            ("aws_docdb_cluster", "engine_version"), ("aws_docdb_global_cluster", "engine_version"),
            ("aws_docdb_global_cluster", "engine"), ("aws_elasticache_cluster", "engine"),
            ("aws_elasticache_cluster", "engine_version"), ("aws_elasticache_global_replication_group", "engine"),
            ("aws_elasticache_global_replication_group", "engine_version"),
            ("aws_elasticache_replication_group", "engine"), ("aws_elasticache_replication_group", "engine_version"),
            ("aws_elasticache_serverless_cache", "engine"),
            ("aws_elasticache_serverless_cache", "major_engine_version"), ("aws_neptune_cluster", "engine_version"),
            ("aws_neptune_global_cluster", "engine_version"), ("aws_neptune_global_cluster", "engine"),
            ("aws_rds_cluster", "engine_version"), ("aws_rds_cluster", "engine"),
            ("aws_rds_global_cluster", "engine_version"), ("aws_rds_global_cluster", "engine")];
    INSTANCE_CLASS: String, "instance_class", [Instance, ClusterMember],
        "The compute and memory class: `db.r6g.large`.", [
            ("aws_db_instance", "instance_class"), ("aws_docdb_cluster_instance", "instance_class"),
            ("aws_elasticache_cluster", "node_type"), ("aws_neptune_cluster_instance", "instance_class"),
            ("aws_rds_cluster_instance", "instance_class")];
    IS_REPLICA: Boolean, "is_replica", [Instance, Cluster, Table, Namespace, Workgroup, ReplicationInstance],
        "Whether it replicates another database and so inherits what that one sets.", [
            ("aws_dax_cluster", "cluster_name"), ("aws_db_instance", "replicate_source_db"),
            ("aws_dms_replication_instance", "replication_instance_id"), ("aws_docdb_cluster", "engine"),
            ("aws_dynamodb_table", "name"), ("aws_dynamodb_table_replica", "global_table_arn"),
            ("aws_elasticache_cluster", "engine"),
            ("aws_elasticache_replication_group", "global_replication_group_id"),
            ("aws_elasticache_serverless_cache", "engine"), ("aws_keyspaces_table", "table_name"),
            ("aws_memorydb_cluster", "name"), ("aws_neptune_cluster", "replication_source_identifier"),
            ("aws_rds_cluster", "replication_source_identifier"), ("aws_redshift_cluster", "cluster_identifier"),
            ("aws_redshiftserverless_namespace", "namespace_name"),
            ("aws_redshiftserverless_workgroup", "workgroup_name"), ("aws_timestreamwrite_database", "database_name")];
    HOLDS_DATA: Boolean, "holds_data", [Instance, Cluster, GlobalCluster, Table, Namespace],
        "Whether data is lost when it is gone; what stands before another database, or keeps nothing, loses none.", [
            ("aws_dax_cluster", "cluster_name"), ("aws_db_instance", "engine"), ("aws_docdb_cluster", "engine"),
            ("aws_docdb_global_cluster", "engine"), ("aws_dynamodb_table", "name"),
            ("aws_dynamodb_table_replica", "global_table_arn"), ("aws_elasticache_cluster", "engine"),
            ("aws_elasticache_global_replication_group", "engine"), ("aws_elasticache_replication_group", "engine"),
            ("aws_elasticache_serverless_cache", "engine"), ("aws_keyspaces_table", "table_name"),
            ("aws_memorydb_cluster", "name"), ("aws_neptune_cluster", "engine"),
            ("aws_neptune_global_cluster", "engine"), ("aws_rds_cluster", "engine"),
            ("aws_rds_global_cluster", "engine"), ("aws_redshift_cluster", "cluster_identifier"),
            ("aws_redshiftserverless_namespace", "namespace_name"), ("aws_timestreamwrite_database", "database_name")];
    RESTORED: Boolean, "restored", [Instance, Cluster],
        "Whether it is made from a snapshot, a point in time or a bucket, and so inherits what it omits.", [
            ("aws_dax_cluster", "cluster_name"), ("aws_db_instance", "snapshot_identifier"),
            ("aws_db_instance", "restore_to_point_in_time"), ("aws_db_instance", "s3_import"),
            ("aws_docdb_cluster", "snapshot_identifier"), ("aws_docdb_cluster", "restore_to_point_in_time"),
            ("aws_elasticache_cluster", "snapshot_arns"), ("aws_elasticache_cluster", "snapshot_name"),
            ("aws_elasticache_replication_group", "snapshot_arns"),
            ("aws_elasticache_replication_group", "snapshot_name"),
            ("aws_elasticache_serverless_cache", "snapshot_arns_to_restore"), ("aws_memorydb_cluster", "snapshot_arns"),
            ("aws_memorydb_cluster", "snapshot_name"), ("aws_neptune_cluster", "snapshot_identifier"),
            ("aws_rds_cluster", "snapshot_identifier"), ("aws_rds_cluster", "restore_to_point_in_time"),
            ("aws_rds_cluster", "s3_import"), ("aws_redshift_cluster", "snapshot_identifier"),
            ("aws_redshift_cluster", "snapshot_arn")];
    REPLICATES: String, "replicates", [Instance, Cluster],
        "The identifier or ARN of the database that it replicates, as it is given; missing when it replicates none.", [
            ("aws_db_instance", "replicate_source_db"), ("aws_neptune_cluster", "replication_source_identifier"),
            ("aws_rds_cluster", "replication_source_identifier")];
    REPLICA_MODE: String, "replica_mode", [Instance],
        "How a replica of Oracle or Db2 may be used: `open-read-only`, `mounted`; missing for others.", [
            ("aws_db_instance", "replica_mode")];
    GLOBAL_CLUSTER: String, "global_cluster", [Cluster],
        "The global cluster that it belongs to; missing when it belongs to none.", [
            ("aws_docdb_cluster", "global_cluster_identifier"),
            ("aws_elasticache_replication_group", "global_replication_group_id"),
            ("aws_memorydb_cluster", "multi_region_cluster_name"), ("aws_neptune_cluster", "global_cluster_identifier"),
            ("aws_rds_cluster", "global_cluster_identifier")];
    DATABASE_NAME: String, "database_name", [Instance, Cluster, Namespace],
        "The name of the database that was made with it; missing when none was.", [
            ("aws_db_instance", "db_name"), ("aws_rds_cluster", "database_name"),
            ("aws_redshift_cluster", "database_name"), ("aws_redshiftserverless_namespace", "db_name"),
            ("aws_timestreamwrite_database", "database_name")];
    LICENSE_MODEL: String, "license_model", [Instance],
        "How the engine is licensed: `license-included`, `bring-your-own-license`.", [
            ("aws_db_instance", "license_model")];
    CHARACTER_SET: String, "character_set", [Instance],
        "The character set that the engine was made with; missing when the engine has no such choice.", [
            ("aws_db_instance", "character_set_name")];
    NATIONAL_CHARACTER_SET: String, "national_character_set", [Instance],
        "The national character set that the engine was made with; missing when the engine has no such choice.", [
            ("aws_db_instance", "nchar_character_set_name")];
    TIME_ZONE: String, "time_zone", [Instance],
        "The time zone that the engine was made with; missing when the engine has no such choice.", [
            ("aws_db_instance", "timezone")];
    SERVERLESS_V1: Boolean, "serverless_v1", [Cluster],
        "Whether the cluster runs in the first serverless mode, which is always encrypted and has no members.", [
            ("aws_docdb_cluster", "engine"), ("aws_neptune_cluster", "engine"), ("aws_rds_cluster", "engine_mode"),
            ("aws_redshift_cluster", "cluster_identifier")];
    ENGINE_MODE: String, "engine_mode", [Cluster],
        "How the cluster runs: `provisioned`, `serverless` (the first serverless mode), `parallelquery`, `global`, `multimaster`.", [
            ("aws_rds_cluster", "engine_mode")];
    #[unit = "half capacity units"]
    SERVERLESS_MIN_CAPACITY_HALF_UNITS: Integer, "serverless_min_capacity_half_units", [Cluster],
        "The capacity that serverless members do not fall below, in halves of a capacity unit (ACU, DCU, NCU), since capacity comes in half-steps: 1 is 0.5 ACUs; missing when the cluster names no range.", [
            ("aws_docdb_cluster", "serverless_v2_scaling_configuration"),
            ("aws_neptune_cluster", "serverless_v2_scaling_configuration"),
            ("aws_rds_cluster", "serverlessv2_scaling_configuration"), ("aws_rds_cluster", "scaling_configuration")];
    #[unit = "half capacity units"]
    SERVERLESS_MAX_CAPACITY_HALF_UNITS: Integer, "serverless_max_capacity_half_units", [Cluster],
        "The capacity that serverless members do not exceed, in halves of a capacity unit (ACU, DCU, NCU): 32 is 16 ACUs; missing when the cluster names no range.", [
            ("aws_docdb_cluster", "serverless_v2_scaling_configuration"),
            ("aws_neptune_cluster", "serverless_v2_scaling_configuration"),
            ("aws_rds_cluster", "serverlessv2_scaling_configuration"), ("aws_rds_cluster", "scaling_configuration")];
    CLUSTER_INSTANCE_CLASS: String, "cluster_instance_class", [Cluster],
        "The compute and memory class of the members of a Multi-AZ DB cluster; missing where members have their own.", [
            ("aws_dax_cluster", "node_type"), ("aws_elasticache_cluster", "node_type"),
            ("aws_elasticache_replication_group", "node_type"), ("aws_memorydb_cluster", "node_type"),
            ("aws_rds_cluster", "db_cluster_instance_class"), ("aws_redshift_cluster", "node_type")];
    TAGS: Map, "tags", [Instance, Cluster, ClusterMember, Snapshot, ParameterGroup, OptionGroup, SubnetGroup, Proxy, EventSubscription, Table, Namespace, Workgroup, SecurityGroup, Secret, BackupVault, BackupPlan, ReplicationInstance, Endpoint, ReplicationTask],
        "Tags by key, with those that the provider's default tags add.", [
            ("aws_backup_logically_air_gapped_vault", "tags_all"), ("aws_backup_logically_air_gapped_vault", "tags"),
            ("aws_backup_plan", "tags_all"), ("aws_backup_plan", "tags"), ("aws_backup_vault", "tags_all"),
            ("aws_backup_vault", "tags"), ("aws_dax_cluster", "tags"), ("aws_dax_cluster", "tags_all"),
            ("aws_db_cluster_snapshot", "tags_all"), ("aws_db_cluster_snapshot", "tags"),
            ("aws_db_event_subscription", "tags_all"), ("aws_db_event_subscription", "tags"),
            ("aws_db_instance", "tags_all"), ("aws_db_instance", "tags"), ("aws_db_option_group", "tags_all"),
            ("aws_db_option_group", "tags"), ("aws_db_parameter_group", "tags_all"),
            ("aws_db_parameter_group", "tags"), ("aws_db_proxy", "tags_all"), ("aws_db_proxy", "tags"),
            ("aws_db_security_group", "tags_all"), ("aws_db_security_group", "tags"), ("aws_db_snapshot", "tags_all"),
            ("aws_db_snapshot", "tags"), ("aws_db_snapshot_copy", "tags_all"), ("aws_db_snapshot_copy", "tags"),
            ("aws_db_subnet_group", "tags_all"), ("aws_db_subnet_group", "tags"), ("aws_dms_endpoint", "tags_all"),
            ("aws_dms_endpoint", "tags"), ("aws_dms_replication_instance", "tags_all"),
            ("aws_dms_replication_instance", "tags"), ("aws_dms_replication_task", "tags_all"),
            ("aws_dms_replication_task", "tags"), ("aws_dms_s3_endpoint", "tags_all"),
            ("aws_dms_s3_endpoint", "tags"), ("aws_docdb_cluster", "tags_all"), ("aws_docdb_cluster", "tags"),
            ("aws_docdb_cluster_instance", "tags_all"), ("aws_docdb_cluster_instance", "tags"),
            ("aws_docdb_cluster_parameter_group", "tags_all"), ("aws_docdb_cluster_parameter_group", "tags"),
            ("aws_docdb_cluster_snapshot", "tags_all"), ("aws_docdb_cluster_snapshot", "tags"),
            ("aws_docdb_subnet_group", "tags_all"), ("aws_docdb_subnet_group", "tags"),
            ("aws_dynamodb_table", "tags_all"), ("aws_dynamodb_table", "tags"),
            ("aws_dynamodb_table_replica", "tags_all"), ("aws_dynamodb_table_replica", "tags"),
            ("aws_elasticache_cluster", "tags"), ("aws_elasticache_cluster", "tags_all"),
            ("aws_elasticache_parameter_group", "tags"), ("aws_elasticache_parameter_group", "tags_all"),
            ("aws_elasticache_replication_group", "tags"), ("aws_elasticache_replication_group", "tags_all"),
            ("aws_elasticache_serverless_cache", "tags"), ("aws_elasticache_serverless_cache", "tags_all"),
            ("aws_elasticache_subnet_group", "tags"), ("aws_elasticache_subnet_group", "tags_all"),
            ("aws_keyspaces_table", "tags_all"), ("aws_keyspaces_table", "tags"), ("aws_memorydb_cluster", "tags"),
            ("aws_memorydb_cluster", "tags_all"), ("aws_memorydb_parameter_group", "tags"),
            ("aws_memorydb_parameter_group", "tags_all"), ("aws_memorydb_snapshot", "tags"),
            ("aws_memorydb_snapshot", "tags_all"), ("aws_memorydb_subnet_group", "tags"),
            ("aws_memorydb_subnet_group", "tags_all"), ("aws_neptune_cluster", "tags_all"),
            ("aws_neptune_cluster", "tags"), ("aws_neptune_cluster_instance", "tags_all"),
            ("aws_neptune_cluster_instance", "tags"), ("aws_neptune_cluster_parameter_group", "tags_all"),
            ("aws_neptune_cluster_parameter_group", "tags"), ("aws_neptune_cluster_snapshot", "tags_all"),
            ("aws_neptune_cluster_snapshot", "tags"), ("aws_neptune_parameter_group", "tags_all"),
            ("aws_neptune_parameter_group", "tags"), ("aws_neptune_subnet_group", "tags_all"),
            ("aws_neptune_subnet_group", "tags"), ("aws_rds_cluster", "tags_all"), ("aws_rds_cluster", "tags"),
            ("aws_rds_cluster_instance", "tags_all"), ("aws_rds_cluster_instance", "tags"),
            ("aws_rds_cluster_parameter_group", "tags_all"), ("aws_rds_cluster_parameter_group", "tags"),
            ("aws_redshift_cluster", "tags_all"), ("aws_redshift_cluster", "tags"),
            ("aws_redshift_parameter_group", "tags_all"), ("aws_redshift_parameter_group", "tags"),
            ("aws_redshift_subnet_group", "tags_all"), ("aws_redshift_subnet_group", "tags"),
            ("aws_redshiftserverless_namespace", "tags_all"), ("aws_redshiftserverless_namespace", "tags"),
            ("aws_redshiftserverless_workgroup", "tags_all"), ("aws_redshiftserverless_workgroup", "tags"),
            ("aws_secretsmanager_secret", "tags_all"), ("aws_secretsmanager_secret", "tags"),
            ("aws_timestreamwrite_database", "tags_all"), ("aws_timestreamwrite_database", "tags")];

    // Encryption
    ENCRYPTED_AT_REST: Boolean, "encrypted_at_rest", [Instance, Cluster, GlobalCluster, Snapshot, Table, Namespace],
        "Whether the storage is encrypted, with whatever key.", [
            ("aws_dax_cluster", "server_side_encryption"), ("aws_db_cluster_snapshot", "storage_encrypted"),
            ("aws_db_instance", "storage_encrypted"), ("aws_db_instance", "kms_key_id"),
            ("aws_db_snapshot", "encrypted"), ("aws_db_snapshot_copy", "encrypted"),
            ("aws_db_snapshot_copy", "kms_key_id"), ("aws_docdb_cluster", "storage_encrypted"),
            ("aws_docdb_cluster_snapshot", "storage_encrypted"), ("aws_docdb_global_cluster", "storage_encrypted"),
            ("aws_dynamodb_table", "name"), ("aws_dynamodb_table_replica", "global_table_arn"),
            ("aws_elasticache_cluster", "engine"),
            ("aws_elasticache_global_replication_group", "at_rest_encryption_enabled"),
            ("aws_elasticache_replication_group", "at_rest_encryption_enabled"),
            ("aws_elasticache_replication_group", "engine"), ("aws_elasticache_serverless_cache", "engine"),
            ("aws_keyspaces_table", "table_name"), ("aws_memorydb_cluster", "name"),
            ("aws_memorydb_snapshot", "name"), ("aws_neptune_cluster", "storage_encrypted"),
            ("aws_neptune_cluster_snapshot", "storage_encrypted"),
            ("aws_neptune_global_cluster", "storage_encrypted"), ("aws_rds_cluster", "storage_encrypted"),
            ("aws_rds_cluster", "engine_mode"), ("aws_rds_global_cluster", "storage_encrypted"),
            ("aws_redshift_cluster", "encrypted"), ("aws_redshiftserverless_namespace", "namespace_name"),
            ("aws_timestreamwrite_database", "database_name")];
    CUSTOMER_MANAGED_KEY: Boolean, "customer_managed_key", [Instance, Cluster, Snapshot, BackupReplication, Table, Namespace, Secret, BackupVault, LogGroup, ReplicationInstance, Endpoint],
        "Whether the storage is encrypted with a key that the customer manages, not the provider's own.", [
            ("aws_backup_logically_air_gapped_vault", "encryption_key_arn"), ("aws_backup_vault", "kms_key_arn"),
            ("aws_cloudwatch_log_group", "kms_key_id"), ("aws_db_cluster_snapshot", "kms_key_id"),
            ("aws_db_instance", "kms_key_id"), ("aws_db_instance_automated_backups_replication", "kms_key_id"),
            ("aws_db_snapshot", "kms_key_id"), ("aws_db_snapshot_copy", "kms_key_id"),
            ("aws_dms_endpoint", "kms_key_arn"), ("aws_dms_replication_instance", "kms_key_arn"),
            ("aws_dms_s3_endpoint", "kms_key_arn"), ("aws_docdb_cluster", "kms_key_id"),
            ("aws_docdb_cluster_snapshot", "kms_key_id"), ("aws_dynamodb_table", "server_side_encryption"),
            ("aws_dynamodb_table_replica", "kms_key_arn"), ("aws_elasticache_replication_group", "kms_key_id"),
            ("aws_elasticache_serverless_cache", "kms_key_id"), ("aws_keyspaces_table", "encryption_specification"),
            ("aws_memorydb_cluster", "kms_key_arn"), ("aws_memorydb_snapshot", "kms_key_arn"),
            ("aws_neptune_cluster", "kms_key_arn"), ("aws_neptune_cluster_snapshot", "kms_key_id"),
            ("aws_rds_cluster", "kms_key_id"), ("aws_redshift_cluster", "kms_key_id"),
            ("aws_redshift_snapshot_copy_grant", "kms_key_id"), ("aws_redshiftserverless_namespace", "kms_key_id"),
            ("aws_secretsmanager_secret", "kms_key_id"), ("aws_timestreamwrite_database", "kms_key_id")];
    STORAGE_KEY: String, "storage_key", [Instance, Cluster, Snapshot, Table, Namespace],
        "The key of the storage as it is named: ARN, id or alias; missing when no key of the key service encrypts it.", [
            ("aws_db_cluster_snapshot", "kms_key_id"), ("aws_db_instance", "kms_key_id"),
            ("aws_db_snapshot", "kms_key_id"), ("aws_db_snapshot_copy", "kms_key_id"),
            ("aws_docdb_cluster", "kms_key_id"), ("aws_docdb_cluster_snapshot", "kms_key_id"),
            ("aws_dynamodb_table", "server_side_encryption"), ("aws_dynamodb_table_replica", "kms_key_arn"),
            ("aws_elasticache_replication_group", "kms_key_id"), ("aws_elasticache_serverless_cache", "kms_key_id"),
            ("aws_keyspaces_table", "encryption_specification"), ("aws_memorydb_cluster", "kms_key_arn"),
            ("aws_memorydb_snapshot", "kms_key_arn"), ("aws_neptune_cluster", "kms_key_arn"),
            ("aws_neptune_cluster_snapshot", "kms_key_id"), ("aws_rds_cluster", "kms_key_id"),
            ("aws_redshift_cluster", "kms_key_id"), ("aws_redshiftserverless_namespace", "kms_key_id"),
            ("aws_timestreamwrite_database", "kms_key_id")];
    KEY_ROTATION: Boolean, "key_rotation", [Instance, Cluster, Table, Namespace, ReplicationInstance],
        "Whether the customer managed key of the storage is rotated automatically.", [
            ("aws_db_instance", "kms_key_id"), ("aws_dms_replication_instance", "kms_key_arn"),
            ("aws_docdb_cluster", "kms_key_id"), ("aws_dynamodb_table", "server_side_encryption"),
            ("aws_dynamodb_table_replica", "kms_key_arn"), ("aws_elasticache_replication_group", "kms_key_id"),
            ("aws_elasticache_serverless_cache", "kms_key_id"), ("aws_keyspaces_table", "encryption_specification"),
            ("aws_memorydb_cluster", "kms_key_arn"), ("aws_neptune_cluster", "kms_key_arn"),
            ("aws_rds_cluster", "kms_key_id"), ("aws_redshift_cluster", "kms_key_id"),
            ("aws_redshiftserverless_namespace", "kms_key_id"), ("aws_timestreamwrite_database", "kms_key_id")];
    KEY_ENABLED: Boolean, "key_enabled", [Instance, Cluster, Table, Namespace, ReplicationInstance],
        "Whether the customer managed key of the storage is enabled, so that the database can start.", [
            ("aws_db_instance", "kms_key_id"), ("aws_dms_replication_instance", "kms_key_arn"),
            ("aws_docdb_cluster", "kms_key_id"), ("aws_dynamodb_table", "server_side_encryption"),
            ("aws_dynamodb_table_replica", "kms_key_arn"), ("aws_elasticache_replication_group", "kms_key_id"),
            ("aws_elasticache_serverless_cache", "kms_key_id"), ("aws_keyspaces_table", "encryption_specification"),
            ("aws_memorydb_cluster", "kms_key_arn"), ("aws_neptune_cluster", "kms_key_arn"),
            ("aws_rds_cluster", "kms_key_id"), ("aws_redshift_cluster", "kms_key_id"),
            ("aws_redshiftserverless_namespace", "kms_key_id"), ("aws_timestreamwrite_database", "kms_key_id")];
    TLS_REQUIRED: Boolean, "tls_required", [Instance, Cluster, Proxy, Workgroup],
        "Whether connections without TLS are refused, by the engine's effective parameters or the proxy's setting.", [
            ("aws_dax_cluster", "cluster_endpoint_encryption_type"), ("aws_db_instance", "parameter_group_name"),
            ("aws_db_proxy", "require_tls"), ("aws_docdb_cluster", "db_cluster_parameter_group_name"),
            ("aws_elasticache_cluster", "transit_encryption_enabled"),
            ("aws_elasticache_replication_group", "transit_encryption_enabled"),
            ("aws_elasticache_replication_group", "transit_encryption_mode"),
            ("aws_elasticache_serverless_cache", "engine"), ("aws_memorydb_cluster", "tls_enabled"),
            ("aws_neptune_cluster", "engine"), ("aws_rds_cluster", "db_cluster_parameter_group_name"),
            ("aws_redshift_cluster", "cluster_parameter_group_name"),
            ("aws_redshiftserverless_workgroup", "config_parameter")];
    ENDPOINT_TLS: Boolean, "endpoint_tls", [Endpoint],
        "Whether the migration service connects to the endpoint with TLS; missing where it always does.", [
            ("aws_dms_endpoint", "ssl_mode"), ("aws_dms_endpoint", "engine_name"),
            ("aws_dms_endpoint", "redis_settings"), ("aws_dms_endpoint", "kafka_settings"),
            ("aws_dms_s3_endpoint", "endpoint_id")];
    CA_CERTIFICATE: String, "ca_certificate", [Instance, ClusterMember],
        "The identifier of the certificate authority of the server certificate: `rds-ca-rsa2048-g1`.", [
            ("aws_db_instance", "ca_cert_identifier"), ("aws_docdb_cluster_instance", "ca_cert_identifier"),
            ("aws_rds_cluster_instance", "ca_cert_identifier")];
    KEY_POLICY_PUBLIC: Boolean, "key_policy_public", [Instance, Cluster],
        "Whether the policy of the storage's key lets everyone in: no account, organization or network limits it; missing when the key is the provider's own.", [
            ("aws_db_instance", "kms_key_id"), ("aws_docdb_cluster", "kms_key_id"), ("aws_neptune_cluster", "kms_key_arn"),
            ("aws_rds_cluster", "kms_key_id")];
    ACTIVITY_STREAM_CUSTOMER_MANAGED_KEY: Boolean, "activity_stream_customer_managed_key", [Instance, Cluster],
        "Whether the activity stream is encrypted with a key that the customer manages; missing when none runs.", [
            ("aws_db_instance", "arn"), ("aws_rds_cluster", "arn")];
    PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY: Boolean, "performance_insights_customer_managed_key", [Instance, Cluster, ClusterMember],
        "Whether Performance Insights data is encrypted with a key that the customer manages; missing when Performance Insights is off.", [
            ("aws_db_instance", "performance_insights_kms_key_id"),
            ("aws_docdb_cluster_instance", "performance_insights_kms_key_id"),
            ("aws_rds_cluster", "performance_insights_kms_key_id"),
            ("aws_rds_cluster_instance", "performance_insights_kms_key_id")];
    INSIGHTS_KEY: String, "insights_key", [Instance, Cluster, ClusterMember],
        "The key of Performance Insights data as it is named: ARN, id or alias; missing when Performance Insights is off.", [
            ("aws_db_instance", "performance_insights_kms_key_id"),
            ("aws_docdb_cluster_instance", "performance_insights_kms_key_id"),
            ("aws_rds_cluster", "performance_insights_kms_key_id"),
            ("aws_rds_cluster_instance", "performance_insights_kms_key_id")];

    // Patch
    AUTO_MINOR_VERSION_UPGRADE: Boolean, "auto_minor_version_upgrade", [Instance, Cluster, ClusterMember, ReplicationInstance],
        "Whether the provider applies minor engine versions in the maintenance window.", [
            ("aws_db_instance", "auto_minor_version_upgrade"),
            ("aws_dms_replication_instance", "auto_minor_version_upgrade"),
            ("aws_elasticache_cluster", "auto_minor_version_upgrade"), ("aws_elasticache_cluster", "engine"),
            ("aws_elasticache_replication_group", "auto_minor_version_upgrade"),
            ("aws_elasticache_serverless_cache", "engine"), ("aws_memorydb_cluster", "auto_minor_version_upgrade"),
            ("aws_neptune_cluster_instance", "auto_minor_version_upgrade"),
            ("aws_rds_cluster", "auto_minor_version_upgrade"),
            ("aws_rds_cluster_instance", "auto_minor_version_upgrade"),
            ("aws_redshift_cluster", "allow_version_upgrade")];
    EXTENDED_SUPPORT: Boolean, "extended_support", [Instance, Cluster, GlobalCluster],
        "Whether the database enters paid extended support when its major version leaves standard support.", [
            ("aws_db_instance", "engine_lifecycle_support"), ("aws_docdb_global_cluster", "engine_lifecycle_support"),
            ("aws_neptune_global_cluster", "engine_lifecycle_support"), ("aws_rds_cluster", "engine_lifecycle_support"),
            ("aws_rds_global_cluster", "engine_lifecycle_support")];
    MAINTENANCE_WINDOW: String, "maintenance_window", [Instance, Cluster, ClusterMember, ReplicationInstance],
        "The weekly window for maintenance, UTC, lower case: `sun:04:00-sun:05:00`.", [
            ("aws_dax_cluster", "maintenance_window"), ("aws_db_instance", "maintenance_window"),
            ("aws_dms_replication_instance", "preferred_maintenance_window"),
            ("aws_docdb_cluster", "preferred_maintenance_window"),
            ("aws_docdb_cluster_instance", "preferred_maintenance_window"),
            ("aws_elasticache_cluster", "maintenance_window"),
            ("aws_elasticache_replication_group", "maintenance_window"), ("aws_memorydb_cluster", "maintenance_window"),
            ("aws_neptune_cluster", "preferred_maintenance_window"),
            ("aws_neptune_cluster_instance", "preferred_maintenance_window"),
            ("aws_rds_cluster", "preferred_maintenance_window"),
            ("aws_rds_cluster_instance", "preferred_maintenance_window"),
            ("aws_redshift_cluster", "preferred_maintenance_window")];

    // Access
    PUBLICLY_ACCESSIBLE: Boolean, "publicly_accessible", [Instance, ClusterMember, Cluster, Workgroup, ReplicationInstance],
        "Whether the server gets an address that the internet can resolve and route to.", [
            ("aws_db_instance", "publicly_accessible"), ("aws_dms_replication_instance", "publicly_accessible"),
            ("aws_docdb_cluster_instance", "publicly_accessible"),
            ("aws_neptune_cluster_instance", "publicly_accessible"),
            ("aws_rds_cluster_instance", "publicly_accessible"), ("aws_redshift_cluster", "publicly_accessible"),
            ("aws_redshiftserverless_workgroup", "publicly_accessible")];
    ROUTES_THROUGH_NETWORK: Boolean, "routes_through_network", [Cluster, Workgroup],
        "Whether what it loads and unloads goes through the network that it is in, where rules and logs of that network see it, and not past it.", [
            ("aws_redshift_cluster", "enhanced_vpc_routing"),
            ("aws_redshiftserverless_workgroup", "enhanced_vpc_routing")];
    INGRESS_CIDRS: Strings, "ingress_cidrs", [Instance, Cluster, Workgroup, SecurityGroup],
        "The address ranges that the attached security groups let in to the database port; of a security group of EC2-Classic, those that it lets in.", [
            ("aws_dax_cluster", "security_group_ids"), ("aws_db_instance", "vpc_security_group_ids"),
            ("aws_db_security_group", "ingress"), ("aws_docdb_cluster", "vpc_security_group_ids"),
            ("aws_elasticache_cluster", "security_group_ids"),
            ("aws_elasticache_replication_group", "security_group_ids"),
            ("aws_elasticache_serverless_cache", "security_group_ids"), ("aws_memorydb_cluster", "security_group_ids"),
            ("aws_neptune_cluster", "vpc_security_group_ids"), ("aws_rds_cluster", "vpc_security_group_ids"),
            ("aws_redshift_cluster", "vpc_security_group_ids"),
            ("aws_redshiftserverless_workgroup", "security_group_ids")];
    IN_VPC: Boolean, "in_vpc", [Instance, Cluster],
        "Whether it runs in a virtual network of its own, not in the shared one that AWS has retired (EC2-Classic).", [
            ("aws_db_instance", "db_subnet_group_name"), ("aws_db_instance", "vpc_security_group_ids")];
    CLASSIC_SECURITY_GROUPS: Strings, "classic_security_groups", [Instance, SecurityGroup],
        "The security groups of EC2-Classic, `default` aside, that it is in; of such a group, its own name.", [
            ("aws_db_security_group", "name")];
    INTERNET_ACCESS_GATEWAY: Boolean, "internet_access_gateway", [Cluster],
        "Whether the cluster can be reached from the internet through a gateway of the provider, whatever its members' addresses.", [];
    SUBNETS_WITH_INTERNET_ROUTE: Strings, "subnets_with_internet_route", [Instance, Cluster, Workgroup],
        "The subnets of the database whose route table leads to an internet gateway.", [
            ("aws_dax_cluster", "subnet_group_name"), ("aws_db_instance", "db_subnet_group_name"),
            ("aws_docdb_cluster", "db_subnet_group_name"), ("aws_elasticache_cluster", "subnet_group_name"),
            ("aws_elasticache_replication_group", "subnet_group_name"),
            ("aws_elasticache_serverless_cache", "subnet_ids"), ("aws_memorydb_cluster", "subnet_group_name"),
            ("aws_neptune_cluster", "neptune_subnet_group_name"), ("aws_rds_cluster", "db_subnet_group_name"),
            ("aws_redshift_cluster", "cluster_subnet_group_name"), ("aws_redshiftserverless_workgroup", "subnet_ids")];
    SECURITY_GROUPS: Strings, "security_groups", [Instance, Cluster, Workgroup],
        "The ids of the attached security groups.", [
            ("aws_dax_cluster", "security_group_ids"), ("aws_db_instance", "vpc_security_group_ids"),
            ("aws_docdb_cluster", "vpc_security_group_ids"), ("aws_elasticache_cluster", "security_group_ids"),
            ("aws_elasticache_replication_group", "security_group_ids"),
            ("aws_elasticache_serverless_cache", "security_group_ids"), ("aws_memorydb_cluster", "security_group_ids"),
            ("aws_neptune_cluster", "vpc_security_group_ids"), ("aws_rds_cluster", "vpc_security_group_ids"),
            ("aws_redshift_cluster", "vpc_security_group_ids"),
            ("aws_redshiftserverless_workgroup", "security_group_ids")];
    SUBNET_GROUP: String, "subnet_group", [Instance, Cluster],
        "The name of the subnet group; `default` is the account's own.", [
            ("aws_dax_cluster", "subnet_group_name"), ("aws_db_instance", "db_subnet_group_name"),
            ("aws_docdb_cluster", "db_subnet_group_name"), ("aws_elasticache_cluster", "subnet_group_name"),
            ("aws_elasticache_replication_group", "subnet_group_name"), ("aws_memorydb_cluster", "subnet_group_name"),
            ("aws_neptune_cluster", "neptune_subnet_group_name"), ("aws_rds_cluster", "db_subnet_group_name"),
            ("aws_redshift_cluster", "cluster_subnet_group_name")];
    PORT: Integer, "port", [Instance, Cluster, Workgroup],
        "The TCP port that the database listens on.", [
            ("aws_dax_cluster", "cluster_endpoint_encryption_type"), ("aws_dax_cluster", "port"),
            ("aws_db_instance", "port"), ("aws_docdb_cluster", "port"), ("aws_elasticache_cluster", "engine"),
            ("aws_elasticache_cluster", "port"), ("aws_elasticache_replication_group", "port"),
            ("aws_elasticache_serverless_cache", "engine"), ("aws_memorydb_cluster", "port"),
            ("aws_neptune_cluster", "port"), ("aws_rds_cluster", "port"), ("aws_redshift_cluster", "port"),
            ("aws_redshiftserverless_workgroup", "port")];
    NETWORK_TYPE: String, "network_type", [Instance, Cluster],
        "The addresses that it is reached by, lower case: `ipv4`, `dual`.", [
            ("aws_db_instance", "network_type"), ("aws_docdb_cluster", "network_type"),
            ("aws_elasticache_cluster", "network_type"), ("aws_elasticache_replication_group", "network_type"),
            ("aws_rds_cluster", "network_type")];
    IAM_AUTHENTICATION: Boolean, "iam_authentication", [Instance, Cluster],
        "Whether database users may log in with the provider's identities instead of passwords.", [
            ("aws_db_instance", "iam_database_authentication_enabled"),
            ("aws_neptune_cluster", "iam_database_authentication_enabled"),
            ("aws_rds_cluster", "iam_database_authentication_enabled")];
    DIRECTORY: String, "directory", [Instance, Cluster],
        "The id of the directory that it is joined to; empty when it is joined to none.", [
            ("aws_db_instance", "domain"), ("aws_db_instance", "domain_fqdn"), ("aws_rds_cluster", "domain")];
    DIRECTORY_IAM_ROLE: String, "directory_iam_role", [Instance, Cluster],
        "The name of the role that it calls the directory with; missing when there is none.", [
            ("aws_db_instance", "domain_iam_role_name"), ("aws_rds_cluster", "domain_iam_role_name")];
    IAM_ROLES: Strings, "iam_roles", [Cluster, Namespace],
        "The ARNs of the roles that the database may assume.", [
            ("aws_dax_cluster", "iam_role_arn"), ("aws_neptune_cluster", "iam_roles"), ("aws_rds_cluster", "iam_roles"),
            ("aws_redshift_cluster", "iam_roles"), ("aws_redshiftserverless_namespace", "iam_roles")];
    MASTER_USERNAME: String, "master_username", [Instance, Cluster, Namespace],
        "The name of the administrative user.", [
            ("aws_db_instance", "username"), ("aws_docdb_cluster", "master_username"),
            ("aws_rds_cluster", "master_username"), ("aws_redshift_cluster", "master_username"),
            ("aws_redshiftserverless_namespace", "admin_username")];
    MASTER_PASSWORD_MANAGED: Boolean, "master_password_managed", [Instance, Cluster, Namespace],
        "Whether the provider keeps and rotates the administrator's password in its secret store.", [
            ("aws_db_instance", "manage_master_user_password"), ("aws_docdb_cluster", "manage_master_user_password"),
            ("aws_rds_cluster", "manage_master_user_password"), ("aws_redshift_cluster", "manage_master_password"),
            ("aws_redshiftserverless_namespace", "manage_admin_password")];
    MASTER_SECRET_KEY: String, "master_secret_key", [Instance, Cluster, Namespace],
        "The key of the secret that the provider keeps the administrator's password in, as it is named: ARN, id or alias; missing when the provider does not keep the password.", [
            ("aws_db_instance", "master_user_secret_kms_key_id"), ("aws_rds_cluster", "master_user_secret_kms_key_id"),
            ("aws_redshift_cluster", "master_password_secret_kms_key_id"),
            ("aws_redshiftserverless_namespace", "admin_password_secret_kms_key_id")];
    MASTER_PASSWORD_EPHEMERAL: Boolean, "master_password_ephemeral", [Instance, Cluster],
        "Whether Terraform fetches the administrator's password of an ephemeral resource at every apply and keeps it nowhere.", [
            ("aws_db_instance", "password_wo"), ("aws_docdb_cluster", "master_password_wo"),
            ("aws_rds_cluster", "master_password_wo")];
    MASTER_PASSWORD_IN_STATE: Boolean, "master_password_in_state", [Instance, Cluster, Namespace],
        "Whether the administrator's password passes through the configuration, and so stands in the Terraform state.", [
            ("aws_db_instance", "password"), ("aws_docdb_cluster", "master_password"),
            ("aws_rds_cluster", "master_password"), ("aws_redshift_cluster", "master_password"),
            ("aws_redshiftserverless_namespace", "admin_user_password")];
    SECRET_ROTATION: Boolean, "secret_rotation", [Proxy, Secret],
        "Whether every secret that the proxy authenticates with is rotated; of a secret, whether it is.", [
            ("aws_db_proxy", "auth.secret_arn"), ("aws_secretsmanager_secret", "rotation_enabled")];
    #[unit = "days"]
    ROTATION_PERIOD_DAYS: Integer, "rotation_period_days", [Secret],
        "After how many days the secret is rotated at the latest; missing when it is not.", [
            ("aws_secretsmanager_secret", "rotation_rules")];
    SECRET_SET_AT: String, "secret_set_at", [Secret],
        "When the secret was last rotated, or made when it never was; RFC 3339.", [];
    SECRET_LAST_USED_AT: String, "secret_last_used_at", [Secret],
        "The day on which somebody last read the secret, or when it was made if nobody has; RFC 3339.", [];
    POLICY_PUBLIC: Boolean, "policy_public", [Secret, BackupVault, Table],
        "Whether its own policy lets everyone in: no account, organization or network limits it; false without a policy.", [
            ("aws_backup_logically_air_gapped_vault", "name"), ("aws_backup_vault", "name"),
            ("aws_dynamodb_table", "arn"), ("aws_dynamodb_table_replica", "arn"),
            ("aws_secretsmanager_secret", "policy")];
    POLICY_FOREIGN_ACCOUNTS: Strings, "policy_foreign_accounts", [Secret, BackupVault, Table],
        "The accounts other than its own that its policy lets in by name; none without a policy.", [
            ("aws_backup_logically_air_gapped_vault", "name"), ("aws_backup_vault", "name"),
            ("aws_dynamodb_table", "arn"), ("aws_dynamodb_table_replica", "arn"),
            ("aws_secretsmanager_secret", "policy")];
    PROXY_TARGETS: Strings, "proxy_targets", [Proxy],
        "The identifiers of the databases behind the proxy.", [
            ("aws_db_proxy", "name")];
    DATA_API: Boolean, "data_api", [Cluster],
        "Whether SQL can be sent over the provider's HTTP API.", [
            ("aws_rds_cluster", "enable_http_endpoint")];
    AUTHENTICATION_REQUIRED: Boolean, "authentication_required", [Cluster],
        "Whether a client has to say who it is before the engine serves it: with a password, as a user, or with the provider's identities; missing where the engine itself always asks.", [
            ("aws_elasticache_cluster", "engine"), ("aws_elasticache_replication_group", "auth_token"),
            ("aws_elasticache_replication_group", "user_group_ids"), ("aws_elasticache_serverless_cache", "engine"),
            ("aws_elasticache_serverless_cache", "user_group_id"), ("aws_memorydb_cluster", "acl_name")];
    ENDPOINT_AUTHENTICATION: Boolean, "endpoint_authentication", [Endpoint],
        "Whether the migration service says who it is to the endpoint: with a password or with the provider's identities; missing where the engine itself always asks.", [
            ("aws_dms_endpoint", "engine_name"), ("aws_dms_endpoint", "mongodb_settings"),
            ("aws_dms_endpoint", "redis_settings"), ("aws_dms_s3_endpoint", "endpoint_id")];
    SHARED_WITH: Strings, "shared_with", [Snapshot],
        "The accounts that may restore the snapshot; `all` is everybody.", [
            ("aws_db_cluster_snapshot", "shared_accounts"), ("aws_db_snapshot", "shared_accounts"),
            ("aws_db_snapshot_copy", "shared_accounts")];
    PROXY_IAM_AUTHENTICATION: Boolean, "proxy_iam_authentication", [Proxy],
        "Whether every login of the proxy requires the provider's identities.", [
            ("aws_db_proxy", "auth.iam_auth"), ("aws_db_proxy", "default_auth_scheme")];
    PROXY_DEBUG_LOGGING: Boolean, "proxy_debug_logging", [Proxy],
        "Whether the proxy logs the text of SQL statements.", [
            ("aws_db_proxy", "debug_logging")];
    #[unit = "seconds"]
    PROXY_IDLE_TIMEOUT_SECONDS: Integer, "proxy_idle_timeout_seconds", [Proxy],
        "How long a client's connection to the proxy may be idle.", [
            ("aws_db_proxy", "idle_client_timeout")];
    PROXY_ROLE: String, "proxy_role", [Proxy],
        "The ARN of the role that the proxy reads secrets with.", [
            ("aws_db_proxy", "role_arn")];

    // Retention
    #[unit = "days"]
    BACKUP_RETENTION_DAYS: Integer, "backup_retention_days", [Instance, Cluster, Table],
        "How long automated backups are kept, and so how far back point-in-time recovery reaches; 0 is no backups.", [
            ("aws_db_instance", "backup_retention_period"), ("aws_docdb_cluster", "backup_retention_period"),
            ("aws_dynamodb_table", "point_in_time_recovery"),
            ("aws_dynamodb_table_replica", "point_in_time_recovery"), ("aws_elasticache_cluster", "engine"),
            ("aws_elasticache_cluster", "snapshot_retention_limit"),
            ("aws_elasticache_replication_group", "snapshot_retention_limit"),
            ("aws_elasticache_serverless_cache", "engine"),
            ("aws_elasticache_serverless_cache", "snapshot_retention_limit"),
            ("aws_keyspaces_table", "point_in_time_recovery"), ("aws_memorydb_cluster", "snapshot_retention_limit"),
            ("aws_neptune_cluster", "backup_retention_period"), ("aws_rds_cluster", "backup_retention_period"),
            ("aws_redshift_cluster", "automated_snapshot_retention_period")];
    REPLICAS_WITHOUT_BACKUPS: Strings, "replicas_without_backups", [Table],
        "The regions of the replicas that are declared with it and have no automated backups; of what runs each replica is a resource of its own.", [
            ("aws_dynamodb_table", "replica")];
    BACKUP_WINDOW: String, "backup_window", [Instance, Cluster],
        "The daily window for backups, UTC: `03:00-03:30`.", [
            ("aws_db_instance", "backup_window"), ("aws_docdb_cluster", "preferred_backup_window"),
            ("aws_elasticache_cluster", "engine"), ("aws_elasticache_cluster", "snapshot_window"),
            ("aws_elasticache_replication_group", "snapshot_window"),
            ("aws_elasticache_serverless_cache", "daily_snapshot_time"), ("aws_memorydb_cluster", "snapshot_window"),
            ("aws_neptune_cluster", "preferred_backup_window"), ("aws_rds_cluster", "preferred_backup_window")];
    COPY_TAGS_TO_SNAPSHOT: Boolean, "copy_tags_to_snapshot", [Instance, Cluster],
        "Whether snapshots get the database's tags.", [
            ("aws_db_instance", "copy_tags_to_snapshot"), ("aws_neptune_cluster", "copy_tags_to_snapshot"),
            ("aws_rds_cluster", "copy_tags_to_snapshot")];
    FINAL_SNAPSHOT: Boolean, "final_snapshot", [Instance, Cluster],
        "Whether deleting it takes a last snapshot.", [
            ("aws_db_instance", "skip_final_snapshot"), ("aws_docdb_cluster", "skip_final_snapshot"),
            ("aws_elasticache_cluster", "engine"), ("aws_elasticache_cluster", "final_snapshot_identifier"),
            ("aws_elasticache_replication_group", "final_snapshot_identifier"),
            ("aws_memorydb_cluster", "final_snapshot_name"), ("aws_neptune_cluster", "skip_final_snapshot"),
            ("aws_rds_cluster", "skip_final_snapshot"), ("aws_redshift_cluster", "skip_final_snapshot")];
    KEEPS_AUTOMATED_BACKUPS: Boolean, "keeps_automated_backups", [Instance, Cluster],
        "Whether automated backups outlive the deletion of the database, for their retention period.", [
            ("aws_db_instance", "delete_automated_backups"), ("aws_rds_cluster", "delete_automated_backups")];
    #[unit = "seconds"]
    BACKTRACK_WINDOW_SECONDS: Integer, "backtrack_window_seconds", [Cluster],
        "How far an Aurora MySQL cluster can be wound back in place; 0 is off.", [
            ("aws_rds_cluster", "backtrack_window")];
    BACKUPS_REPLICATED: Boolean, "backups_replicated", [Instance],
        "Whether automated backups are copied to another region.", [
            ("aws_db_instance", "backup_retention_period")];
    BACKUP_TARGET: String, "backup_target", [Instance],
        "Where backups are stored: `region`, `local`, `outposts`.", [
            ("aws_db_instance", "backup_target")];

    // Availability
    MULTI_AZ: Boolean, "multi_az", [Instance, Cluster, ReplicationInstance],
        "Whether a standby or another member in a second zone takes over when the first fails.", [
            ("aws_dax_cluster", "availability_zones"), ("aws_dax_cluster", "replication_factor"),
            ("aws_db_instance", "multi_az"), ("aws_dms_replication_instance", "multi_az"),
            ("aws_docdb_cluster", "cluster_members"), ("aws_elasticache_cluster", "engine"),
            ("aws_elasticache_replication_group", "multi_az_enabled"), ("aws_elasticache_serverless_cache", "engine"),
            ("aws_memorydb_cluster", "num_replicas_per_shard"), ("aws_neptune_cluster", "cluster_members"),
            ("aws_rds_cluster", "engine"), ("aws_redshift_cluster", "multi_az")];
    AUTOMATIC_FAILOVER: Boolean, "automatic_failover", [Cluster],
        "Whether a replica takes the place of a primary that failed without anybody asking for it.", [
            ("aws_dax_cluster", "replication_factor"),
            ("aws_elasticache_replication_group", "automatic_failover_enabled"),
            ("aws_elasticache_serverless_cache", "engine"), ("aws_memorydb_cluster", "num_replicas_per_shard")];
    AVAILABILITY_ZONE: String, "availability_zone", [Instance, ClusterMember],
        "The availability zone that it runs in; with a standby, failover swaps it for the standby's.", [
            ("aws_db_instance", "availability_zone"), ("aws_docdb_cluster_instance", "availability_zone"),
            ("aws_elasticache_cluster", "availability_zone"), ("aws_neptune_cluster_instance", "availability_zone"),
            ("aws_rds_cluster_instance", "availability_zone")];
    AVAILABILITY_ZONES: Strings, "availability_zones", [Cluster],
        "The availability zones that hold the cluster's storage; the provider adds to those that are declared.", [
            ("aws_dax_cluster", "availability_zones"), ("aws_docdb_cluster", "availability_zones"),
            ("aws_neptune_cluster", "availability_zones"), ("aws_rds_cluster", "availability_zones")];
    DELETION_PROTECTION: Boolean, "deletion_protection", [Instance, Cluster, GlobalCluster, Table],
        "Whether the provider refuses to delete it.", [
            ("aws_db_instance", "deletion_protection"), ("aws_docdb_cluster", "deletion_protection"),
            ("aws_docdb_global_cluster", "deletion_protection"), ("aws_dynamodb_table", "deletion_protection_enabled"),
            ("aws_dynamodb_table_replica", "deletion_protection_enabled"),
            ("aws_neptune_cluster", "deletion_protection"), ("aws_neptune_global_cluster", "deletion_protection"),
            ("aws_rds_cluster", "deletion_protection"), ("aws_rds_global_cluster", "deletion_protection")];
    CAPACITY_MODE: String, "capacity_mode", [Table],
        "How its capacity is paid for, in the provider's own word, lower case: `provisioned`, `pay_per_request`.", [
            ("aws_dynamodb_table", "billing_mode"), ("aws_keyspaces_table", "capacity_specification")];
    CAPACITY_SCALES: Boolean, "capacity_scales", [Table],
        "Whether its capacity follows what is asked of it, to read and to write: by itself, or by targets that scale it.", [
            ("aws_dynamodb_table", "billing_mode"), ("aws_keyspaces_table", "capacity_specification")];
    #[unit = "capacity units"]
    READ_CAPACITY_UNITS: Integer, "read_capacity_units", [Table],
        "The capacity to be read that is set aside for it; missing when it is paid for by request.", [
            ("aws_dynamodb_table", "read_capacity"), ("aws_keyspaces_table", "capacity_specification")];
    #[unit = "capacity units"]
    WRITE_CAPACITY_UNITS: Integer, "write_capacity_units", [Table],
        "The capacity to be written that is set aside for it; missing when it is paid for by request.", [
            ("aws_dynamodb_table", "write_capacity"), ("aws_keyspaces_table", "capacity_specification")];
    SUBNET_ZONES: Strings, "subnet_zones", [SubnetGroup, Workgroup],
        "The availability zones of its subnets.", [
            ("aws_dax_subnet_group", "subnet_ids"), ("aws_db_subnet_group", "subnet_ids"),
            ("aws_docdb_subnet_group", "subnet_ids"), ("aws_elasticache_subnet_group", "subnet_ids"),
            ("aws_memorydb_subnet_group", "subnet_ids"), ("aws_neptune_subnet_group", "subnet_ids"),
            ("aws_redshift_subnet_group", "subnet_ids"), ("aws_redshiftserverless_workgroup", "subnet_ids")];
    SUBNETS: Strings, "subnets", [SubnetGroup, Workgroup],
        "The ids of its subnets.", [
            ("aws_dax_subnet_group", "subnet_ids"), ("aws_db_subnet_group", "subnet_ids"),
            ("aws_docdb_subnet_group", "subnet_ids"), ("aws_elasticache_subnet_group", "subnet_ids"),
            ("aws_memorydb_subnet_group", "subnet_ids"), ("aws_neptune_subnet_group", "subnet_ids"),
            ("aws_redshift_subnet_group", "subnet_ids"), ("aws_redshiftserverless_workgroup", "subnet_ids")];
    #[unit = "GiB"]
    ALLOCATED_STORAGE_GIB: Integer, "allocated_storage_gib", [Instance],
        "The storage allocated.", [
            ("aws_db_instance", "allocated_storage")];
    #[unit = "GiB"]
    STORAGE_AUTOSCALING_LIMIT_GIB: Integer, "storage_autoscaling_limit_gib", [Instance],
        "The size up to which storage grows by itself; 0 is off.", [
            ("aws_db_instance", "max_allocated_storage")];
    STORAGE_TYPE: String, "storage_type", [Instance, Cluster],
        "The storage type in the provider's own word: `gp3`, `io2`, `aurora`.", [
            ("aws_db_instance", "storage_type"), ("aws_docdb_cluster", "storage_type"),
            ("aws_neptune_cluster", "storage_type"), ("aws_rds_cluster", "storage_type")];
    #[unit = "operations a second"]
    IOPS: Integer, "iops", [Instance, Cluster],
        "The provisioned operations a second of the storage; 0 when its type has none.", [
            ("aws_db_instance", "iops"), ("aws_rds_cluster", "iops")];
    #[unit = "MiB a second"]
    STORAGE_THROUGHPUT_MIBPS: Integer, "storage_throughput_mibps", [Instance],
        "The provisioned throughput of the storage; 0 when its type has none.", [
            ("aws_db_instance", "storage_throughput")];
    DEDICATED_LOG_VOLUME: Boolean, "dedicated_log_volume", [Instance],
        "Whether the transaction logs have a volume of their own.", [
            ("aws_db_instance", "dedicated_log_volume")];
    #[unit = "GiB"]
    CLUSTER_ALLOCATED_STORAGE_GIB: Integer, "cluster_allocated_storage_gib", [Cluster],
        "The storage allocated to each member of a Multi-AZ DB cluster; missing where storage grows by itself.", [
            ("aws_rds_cluster", "allocated_storage")];
    MEMBER_DIFFERENCES: Strings, "member_differences", [Cluster],
        "The facts in which the members of the cluster differ from each other, of those that they should share: `engine_version`, `auto_minor_version_upgrade`, `publicly_accessible`, `enhanced_monitoring_seconds`, `ca_certificate`.", [
            ("aws_docdb_cluster", "cluster_members"), ("aws_neptune_cluster", "cluster_members"),
            ("aws_rds_cluster", "cluster_members")];
    MEMBER_COUNT: Integer, "member_count", [Cluster],
        "How many members the cluster has.", [
            ("aws_dax_cluster", "replication_factor"), ("aws_docdb_cluster", "cluster_members"),
            ("aws_elasticache_cluster", "num_cache_nodes"), ("aws_elasticache_replication_group", "num_cache_clusters"),
            ("aws_elasticache_replication_group", "num_node_groups"),
            ("aws_elasticache_replication_group", "replicas_per_node_group"),
            ("aws_memorydb_cluster", "num_replicas_per_shard"), ("aws_memorydb_cluster", "num_shards"),
            ("aws_neptune_cluster", "cluster_members"), ("aws_rds_cluster", "engine"),
            ("aws_redshift_cluster", "number_of_nodes")];
    PROMOTION_TIER: Integer, "promotion_tier", [ClusterMember],
        "The order in which members are promoted when the writer fails; 0 first.", [
            ("aws_docdb_cluster_instance", "promotion_tier"), ("aws_neptune_cluster_instance", "promotion_tier"),
            ("aws_rds_cluster_instance", "promotion_tier")];
    AUDIT_LOGGING: Boolean, "audit_logging", [Cluster],
        "Whether the logs of who connected and what they did are delivered to a bucket or to the provider's log service.", [
            ("aws_redshift_cluster", "logging")];

    // Logging
    LOG_EXPORTS: Strings, "log_exports", [Instance, Cluster, Namespace],
        "The engine logs that are sent to the provider's log service.", [
            ("aws_db_instance", "enabled_cloudwatch_logs_exports"),
            ("aws_docdb_cluster", "enabled_cloudwatch_logs_exports"), ("aws_elasticache_cluster", "engine"),
            ("aws_elasticache_cluster", "log_delivery_configuration"),
            ("aws_elasticache_replication_group", "log_delivery_configuration"),
            ("aws_neptune_cluster", "enable_cloudwatch_logs_exports"),
            ("aws_rds_cluster", "enabled_cloudwatch_logs_exports"),
            ("aws_redshiftserverless_namespace", "log_exports")];
    REPLICATION_LOGS: Strings, "replication_logs", [ReplicationTask],
        "The phases of a replication task whose log keeps more than errors, lower case: `source_capture`, `source_unload`, `target_apply`, `target_load`.", [
            ("aws_dms_replication_task", "replication_task_settings")];
    #[unit = "seconds"]
    ENHANCED_MONITORING_SECONDS: Integer, "enhanced_monitoring_seconds", [Instance, Cluster, ClusterMember],
        "The interval of operating system metrics; 0 is off.", [
            ("aws_db_instance", "monitoring_interval"), ("aws_rds_cluster", "monitoring_interval"),
            ("aws_rds_cluster_instance", "monitoring_interval")];
    MONITORING_ROLE: String, "monitoring_role", [Instance, Cluster, ClusterMember],
        "The ARN of the role that sends operating system metrics; missing when there is none.", [
            ("aws_db_instance", "monitoring_role_arn"), ("aws_rds_cluster", "monitoring_role_arn"),
            ("aws_rds_cluster_instance", "monitoring_role_arn")];
    DATABASE_INSIGHTS_MODE: String, "database_insights_mode", [Instance, Cluster],
        "How much of the database load is analysed: `standard`, `advanced`.", [
            ("aws_db_instance", "database_insights_mode"), ("aws_rds_cluster", "database_insights_mode")];
    PERFORMANCE_INSIGHTS: Boolean, "performance_insights", [Instance, Cluster, ClusterMember],
        "Whether query load is recorded.", [
            ("aws_db_instance", "performance_insights_enabled"),
            ("aws_docdb_cluster_instance", "enable_performance_insights"),
            ("aws_rds_cluster", "performance_insights_enabled"),
            ("aws_rds_cluster_instance", "performance_insights_enabled")];
    #[unit = "days"]
    PERFORMANCE_INSIGHTS_RETENTION_DAYS: Integer, "performance_insights_retention_days", [Instance, Cluster, ClusterMember],
        "How long query load is kept; missing when Performance Insights is off.", [
            ("aws_db_instance", "performance_insights_retention_period"),
            ("aws_rds_cluster", "performance_insights_retention_period"),
            ("aws_rds_cluster_instance", "performance_insights_retention_period")];
    EVENT_SOURCE_TYPE: String, "event_source_type", [EventSubscription],
        "What the subscription listens to: `db-instance`, `db-cluster`, …; `all` is everything.", [
            ("aws_db_event_subscription", "source_type")];
    EVENT_CATEGORIES: Strings, "event_categories", [EventSubscription],
        "The categories that it listens to; `all` is every category.", [
            ("aws_db_event_subscription", "event_categories")];
    EVENT_SOURCES: Strings, "event_sources", [EventSubscription],
        "The identifiers of what it listens to; empty is everything of the source type.", [
            ("aws_db_event_subscription", "source_ids")];
    EVENT_TOPIC: String, "event_topic", [EventSubscription],
        "The ARN of the topic that it delivers to.", [
            ("aws_db_event_subscription", "sns_topic")];
    SUBSCRIPTION_ENABLED: Boolean, "subscription_enabled", [EventSubscription],
        "Whether the subscription delivers.", [
            ("aws_db_event_subscription", "enabled")];
    ACTIVITY_STREAM: Boolean, "activity_stream", [Instance, Cluster],
        "Whether everything that happens in the database is sent out as a stream that its administrators do not control.", [
            ("aws_db_instance", "arn"), ("aws_rds_cluster", "arn")];
    #[unit = "days"]
    LOG_RETENTION_DAYS: Integer, "log_retention_days", [LogGroup],
        "How long exported logs are kept; 0 is for ever.", [
            ("aws_cloudwatch_log_group", "retention_in_days")];
    LOGIN_MONITORING: Boolean, "login_monitoring", [Detector],
        "Whether logins to the databases of the account and region are watched for attacks.", [
            ("aws_guardduty_detector", "enable")];
    RECOVERY_POINTS_UNDELETABLE: Boolean, "recovery_points_undeletable", [BackupVault],
        "Whether nobody can delete recovery points before their time: the vault is locked, or its policy forbids it to everybody.", [
            ("aws_backup_logically_air_gapped_vault", "name"), ("aws_backup_vault", "name")];
    BACKUP_EVENTS: Strings, "backup_events", [BackupVault],
        "The events of the vault that somebody is told about, as the provider names them: `BACKUP_JOB_FAILED`; empty when nobody is.", [
            ("aws_backup_logically_air_gapped_vault", "name"), ("aws_backup_vault", "name")];
    #[unit = "days"]
    DAILY_BACKUP_RETENTION_DAYS: Integer, "daily_backup_retention_days", [BackupPlan],
        "The longest time for which the plan keeps what it backs up at least daily; 0 when it does not back up daily, 36500 when it keeps it for ever.", [
            ("aws_backup_plan", "rule")];
    BACKUP_OPT_IN: Strings, "backup_opt_in", [BackupSettings],
        "The types of resources that plans back up in the account and region, as the provider names them: `Aurora`, `RDS`, `DynamoDB`.", [
            ("aws_backup_region_settings", "resource_type_opt_in_preference")];
    BACKUP_PLANS: Integer, "backup_plans", [BackupSettings],
        "How many backup plans there are in the account and region.", [
            ("aws_backup_region_settings", "resource_type_opt_in_preference")];

    // Parameters
    PARAMETERS: Map, "parameters", [Instance, Cluster, ParameterGroup, Workgroup],
        "Effective engine parameters by name, lower case: the parameter group's values over the engine's defaults as far as known; values as text, lower case, `1` and `0` for on and off.", [
            ("aws_db_instance", "parameter_group_name"), ("aws_db_parameter_group", "parameter"),
            ("aws_db_parameter_group", "family"), ("aws_docdb_cluster", "db_cluster_parameter_group_name"),
            ("aws_docdb_cluster_parameter_group", "parameter"), ("aws_docdb_cluster_parameter_group", "family"),
            ("aws_elasticache_cluster", "parameter_group_name"), ("aws_elasticache_parameter_group", "family"),
            ("aws_elasticache_parameter_group", "parameter"),
            ("aws_elasticache_replication_group", "parameter_group_name"),
            ("aws_memorydb_cluster", "parameter_group_name"), ("aws_memorydb_parameter_group", "family"),
            ("aws_memorydb_parameter_group", "parameter"),
            ("aws_neptune_cluster", "neptune_cluster_parameter_group_name"),
            ("aws_neptune_cluster_parameter_group", "parameter"), ("aws_neptune_cluster_parameter_group", "family"),
            ("aws_neptune_parameter_group", "parameter"), ("aws_neptune_parameter_group", "family"),
            ("aws_rds_cluster", "db_cluster_parameter_group_name"), ("aws_rds_cluster_parameter_group", "parameter"),
            ("aws_rds_cluster_parameter_group", "family"), ("aws_redshift_cluster", "cluster_parameter_group_name"),
            ("aws_redshift_parameter_group", "parameter"), ("aws_redshift_parameter_group", "family"),
            ("aws_redshiftserverless_workgroup", "config_parameter")];
    MEMBER_PARAMETERS: Map, "member_parameters", [ClusterMember],
        "The parameters of the member's own parameter group by name, in the form of `parameters`; those that the group itself sets overrule the cluster's, those that are the engine's defaults do not.", [
            ("aws_db_instance", "parameter_group_name"),
            ("aws_neptune_cluster_instance", "neptune_parameter_group_name"),
            ("aws_rds_cluster_instance", "db_parameter_group_name")];
    PARAMETER_GROUP: String, "parameter_group", [Instance, Cluster, ClusterMember],
        "The name of its own parameter group (of a cluster: the cluster parameter group).", [
            ("aws_dax_cluster", "parameter_group_name"), ("aws_db_instance", "parameter_group_name"),
            ("aws_docdb_cluster", "db_cluster_parameter_group_name"),
            ("aws_elasticache_cluster", "parameter_group_name"),
            ("aws_elasticache_replication_group", "parameter_group_name"),
            ("aws_memorydb_cluster", "parameter_group_name"),
            ("aws_neptune_cluster", "neptune_cluster_parameter_group_name"),
            ("aws_neptune_cluster_instance", "neptune_parameter_group_name"),
            ("aws_rds_cluster", "db_cluster_parameter_group_name"),
            ("aws_rds_cluster_instance", "db_parameter_group_name"),
            ("aws_redshift_cluster", "cluster_parameter_group_name")];
    DEFAULT_PARAMETER_GROUP: Boolean, "default_parameter_group", [Instance, Cluster],
        "Whether it uses the engine's default parameter group, which nobody can edit.", [
            ("aws_db_instance", "parameter_group_name"), ("aws_docdb_cluster", "db_cluster_parameter_group_name"),
            ("aws_elasticache_cluster", "parameter_group_name"),
            ("aws_elasticache_replication_group", "parameter_group_name"),
            ("aws_memorydb_cluster", "parameter_group_name"),
            ("aws_neptune_cluster", "neptune_cluster_parameter_group_name"),
            ("aws_rds_cluster", "db_cluster_parameter_group_name"),
            ("aws_redshift_cluster", "cluster_parameter_group_name")];
    PARAMETER_GROUP_FAMILY: String, "parameter_group_family", [ParameterGroup],
        "The engine family that the group is for: `postgres16`.", [
            ("aws_db_parameter_group", "family"), ("aws_docdb_cluster_parameter_group", "family"),
            ("aws_elasticache_parameter_group", "family"), ("aws_memorydb_parameter_group", "family"),
            ("aws_neptune_cluster_parameter_group", "family"), ("aws_neptune_parameter_group", "family"),
            ("aws_rds_cluster_parameter_group", "family"), ("aws_redshift_parameter_group", "family")];
    OPTION_GROUP: String, "option_group", [Instance],
        "The name of its option group.", [
            ("aws_db_instance", "option_group_name")];
    OPTIONS: Strings, "options", [OptionGroup],
        "The engine options that the group turns on.", [
            ("aws_db_option_group", "option")];

    // Change: only a plan gives these
    PLANNED_ACTION: String, "planned_action", [Instance, Cluster, ClusterMember, GlobalCluster, Snapshot, ParameterGroup, OptionGroup, SubnetGroup, Proxy, BackupReplication, Table, Namespace, Workgroup],
        "What the plan does: `create`, `update`, `delete`, `delete-then-create`, `create-then-delete`, `forget-then-create`, `create-then-forget`, `no-op`, `read`, `forget`.", [];
    REPLACE_ATTRIBUTES: Strings, "replace_attributes", [Instance, Cluster, ClusterMember, GlobalCluster, SubnetGroup, Table, Namespace, Workgroup],
        "The attributes whose change forces the replacement.", [];
    CHANGED_ATTRIBUTES: Strings, "changed_attributes", [Instance, Cluster, ClusterMember, ParameterGroup],
        "The attributes that the plan changes; known in part when the configuration sets one to a value that is not known yet.", [];
    APPLY_IMMEDIATELY: Boolean, "apply_immediately", [Instance, Cluster, ClusterMember],
        "Whether changes are made at once instead of in the maintenance window.", [
            ("aws_db_instance", "apply_immediately"), ("aws_docdb_cluster", "apply_immediately"),
            ("aws_docdb_cluster_instance", "apply_immediately"), ("aws_elasticache_cluster", "apply_immediately"),
            ("aws_elasticache_replication_group", "apply_immediately"), ("aws_neptune_cluster", "apply_immediately"),
            ("aws_neptune_cluster_instance", "apply_immediately"), ("aws_rds_cluster", "apply_immediately"),
            ("aws_rds_cluster_instance", "apply_immediately"), ("aws_redshift_cluster", "apply_immediately")];
    ALLOW_MAJOR_VERSION_UPGRADE: Boolean, "allow_major_version_upgrade", [Instance, Cluster],
        "Whether the provider may be asked for a major version upgrade.", [
            ("aws_db_instance", "allow_major_version_upgrade"), ("aws_docdb_cluster", "allow_major_version_upgrade"),
            ("aws_neptune_cluster", "allow_major_version_upgrade"), ("aws_rds_cluster", "allow_major_version_upgrade")];
    STATIC_PARAMETERS_CHANGED: Strings, "static_parameters_changed", [ParameterGroup],
        "The parameters that the plan changes and that need a reboot to take effect (`apply_method = \"pending-reboot\"`).", [
            ("aws_db_parameter_group", "parameter"), ("aws_docdb_cluster_parameter_group", "parameter"),
            ("aws_elasticache_parameter_group", "parameter"), ("aws_memorydb_parameter_group", "parameter"),
            ("aws_neptune_cluster_parameter_group", "parameter"), ("aws_neptune_parameter_group", "parameter"),
            ("aws_rds_cluster_parameter_group", "parameter")];

    // What runs: only a running database gives these
    STORAGE_ENCRYPTION_TYPE: String, "storage_encryption_type", [Instance, Cluster, GlobalCluster, Snapshot],
        "How the storage is encrypted: `none`, `sse-rds` (a key that the provider owns and shows to nobody), `sse-kms` (a key of the key service).", [];
    CERTIFICATE_VALID_TILL: String, "certificate_valid_till", [Instance, ClusterMember],
        "When the server certificate ends; RFC 3339.", [];
    ENGINE_VERSION_OFFERED: Boolean, "engine_version_offered", [Instance, Cluster],
        "Whether the provider still offers the engine version to new databases.", [];
    ENGINE_SUPPORT_END: String, "engine_support_end", [Instance, Cluster],
        "When standard support of the major version ends, by the provider's own account; RFC 3339.", [];
    PENDING_MAINTENANCE: Strings, "pending_maintenance", [Instance, Cluster, ClusterMember],
        "The maintenance actions that wait for it: `system-update`, `db-upgrade`, `ca-certificate-rotation`.", [];
    MAINTENANCE_FORCED_AT: String, "maintenance_forced_at", [Instance, Cluster, ClusterMember],
        "When the first of the maintenance actions that wait is made without asking; RFC 3339; missing when none is.", [];
    SECONDARY_AVAILABILITY_ZONE: String, "secondary_availability_zone", [Instance],
        "The availability zone of the standby; missing when there is none.", [];
    UNAPPLIED_GROUPS: Strings, "unapplied_groups", [Instance, Cluster],
        "The parameter and option groups that are not in force, each with its status: `parameter group main: pending-reboot`.", [];
    LATEST_RESTORABLE_TIME: String, "latest_restorable_time", [Instance, Cluster],
        "The latest moment to which it can be restored; RFC 3339; missing when automated backups are off or it is stopped.", [];
    OBSERVED_AT: String, "observed_at", [Instance, Cluster, Table],
        "When it was looked at; RFC 3339. What moves on by itself, such as the latest restorable time, is as old as this.", [];
    LAST_SNAPSHOT_TIME: String, "last_snapshot_time", [Instance, Cluster],
        "When the newest of its snapshots that are complete was taken; RFC 3339; missing when there is none.", [];
    IN_BACKUP_PLAN: Boolean, "in_backup_plan", [Instance, Cluster, Table],
        "Whether the provider's backup service protects it.", [];
    LAST_RESTORE_TEST: String, "last_restore_test", [Instance, Cluster, Table],
        "When the last restore of one of its recovery points by the provider's backup service was done; RFC 3339; missing when none is on record.", [];
    BLUE_GREEN_SINCE: String, "blue_green_since", [Instance, Cluster],
        "When the blue/green deployment was made that it is the source of; RFC 3339; missing when there is none.", [];
    STOPPED_SINCE: String, "stopped_since", [Instance, Cluster],
        "Since when it has been stopped; RFC 3339; missing when it is not.", [];
    LAST_AIR_GAPPED_BACKUP: String, "last_air_gapped_backup", [Instance, Cluster],
        "When the newest of its recovery points was made that is kept in a logically air-gapped vault; RFC 3339; empty when there is none.", [];
    CREATED_AT: String, "created_at", [Table],
        "When it was made; RFC 3339.", [];
    ITEM_COUNT: Integer, "item_count", [Table],
        "How many items it holds, as the provider counted them some hours ago at most.", [];
    SNAPSHOT_CREATED_AT: String, "snapshot_created_at", [Snapshot],
        "When the snapshot was taken; RFC 3339.", [];
    MANUAL_SNAPSHOT: Boolean, "manual_snapshot", [Snapshot],
        "Whether somebody took the snapshot, so that it is kept until somebody deletes it.", [
            ("aws_db_cluster_snapshot", "snapshot_type"), ("aws_db_snapshot", "snapshot_type"),
            ("aws_db_snapshot_copy", "snapshot_type"), ("aws_docdb_cluster_snapshot", "snapshot_type"),
            ("aws_memorydb_snapshot", "source"), ("aws_neptune_cluster_snapshot", "snapshot_type")];
}
