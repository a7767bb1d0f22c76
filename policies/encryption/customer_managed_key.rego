# METADATA
# title: Data at rest is encrypted with a customer managed key
# description: >-
#   The provider's own key cannot be revoked, cannot be shared with a recovery account and cannot have its policy
#   restricted. A key of your own lets you decide and audit who can decrypt the database, its snapshots and its
#   replicated backups.
# custom:
#   id: DBK-ENC-003
#   severity: low
#   covers:
#     - rds-instance-cmk
#     - rds-cluster-cmk
#     - rds-snapshot-copy-cmk
#     - rds-automated-backup-replication-cmk
#     - docdb-cluster-cmk
#     - neptune-cluster-cmk
#     - neptune-snapshot-cmk
#     - elasticache-cmk
#     - redshift-cmk
#     - redshift-snapshot-copy-grant-cmk
#     - dynamodb-cmk
#     - dynamodb-replica-cmk
#     - redshift-serverless-namespace-hardening
#     - rds-log-group-retention
#     - secret-cmk
#     - backup-vault-encrypted-cmk
#     - memorydb-encrypted-cmk
#     - memorydb-snapshot-cmk
#     - dms-instance-cmk
#     - dms-endpoint-cmk
#     - keyspaces-cmk
#     - timestream-cmk
#   parameters:
#     require_customer_managed_key:
#       type: boolean
#       default: false
#       description: Whether data at rest must be encrypted with keys that you manage yourself.
#   remediation:
#     terraform:
#       aws_db_instance: {kms_key_id: aws_kms_key.database.arn}
#       aws_rds_cluster: {kms_key_id: aws_kms_key.database.arn}
#       aws_docdb_cluster: {kms_key_id: aws_kms_key.database.arn}
#       aws_neptune_cluster: {kms_key_arn: aws_kms_key.database.arn}
#       aws_elasticache_replication_group: {kms_key_id: aws_kms_key.database.arn}
#       aws_elasticache_serverless_cache: {kms_key_id: aws_kms_key.database.arn}
#       aws_memorydb_cluster: {kms_key_arn: aws_kms_key.database.arn}
#       aws_memorydb_snapshot: {kms_key_arn: aws_kms_key.database.arn}
#       aws_db_snapshot_copy: {kms_key_id: aws_kms_key.database.arn}
#       aws_secretsmanager_secret: {kms_key_id: aws_kms_key.database.arn}
#       aws_backup_vault: {kms_key_arn: aws_kms_key.backup.arn}
#       aws_cloudwatch_log_group: {kms_key_id: aws_kms_key.logs.arn}
#       aws_db_instance_automated_backups_replication: {kms_key_id: aws_kms_key.recovery_region.arn}
#       aws_redshift_cluster: {kms_key_id: aws_kms_key.database.arn}
#       aws_redshift_snapshot_copy_grant: {kms_key_id: aws_kms_key.recovery_region.arn}
#       aws_dynamodb_table: {server_side_encryption.kms_key_arn: aws_kms_key.database.arn}
#       aws_dynamodb_table_replica: {kms_key_arn: aws_kms_key.recovery_region.arn}
#       aws_redshiftserverless_namespace: {kms_key_id: aws_kms_key.database.arn}
#       aws_dms_replication_instance: {kms_key_arn: aws_kms_key.database.arn}
#       aws_dms_endpoint: {kms_key_arn: aws_kms_key.database.arn}
#       aws_dms_s3_endpoint: {kms_key_arn: aws_kms_key.database.arn}
#     text: >-
#       The key of a database is chosen when it is created. To change it later, copy a snapshot with the new key and
#       restore from the copy.
package dbkeel.encryption.customer_managed_key

not_applicable contains message if {
	not data.parameters.require_customer_managed_key
	message := sprintf("%s does not ask for a customer managed key", [data.baseline.tier])
}

violations contains message if {
	input.customer_managed_key == false
	message := sprintf("has no customer managed key; %s asks for one", [data.baseline.tier])
}
