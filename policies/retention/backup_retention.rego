# METADATA
# title: Backups are kept long enough
# description: >-
#   Point-in-time recovery reaches back only as far as automated backups are kept. A mistake that is noticed later than
#   that can only be mended from whatever snapshots happen to exist.
# custom:
#   id: DBK-RET-001
#   severity: high
#   covers:
#     - rds-instance-backup-retention-min
#     - rds-cluster-backup-retention-min
#     - docdb-backup-retention-min
#     - neptune-backup-retention-min
#     - elasticache-backup-retention
#     - redshift-snapshots
#     - dynamodb-pitr
#   parameters:
#     min_backup_retention_days:
#       type: integer
#       unit: days
#       default: 7
#       minimum: 1
#       maximum: 35
#       description: How many days back a database can be restored to any moment.
#   remediation:
#     terraform:
#       aws_db_instance: {backup_retention_period: "{{ min_backup_retention_days }}"}
#       aws_rds_cluster: {backup_retention_period: "{{ min_backup_retention_days }}"}
#       aws_docdb_cluster: {backup_retention_period: "{{ min_backup_retention_days }}"}
#       aws_neptune_cluster: {backup_retention_period: "{{ min_backup_retention_days }}"}
#       aws_elasticache_replication_group: {snapshot_retention_limit: "{{ min_backup_retention_days }}"}
#       aws_memorydb_cluster: {snapshot_retention_limit: "{{ min_backup_retention_days }}"}
#       aws_elasticache_cluster: {snapshot_retention_limit: "{{ min_backup_retention_days }}"}
#       aws_elasticache_serverless_cache: {snapshot_retention_limit: "{{ min_backup_retention_days }}"}
#       aws_redshift_cluster: {automated_snapshot_retention_period: "{{ min_backup_retention_days }}"}
#       aws_dynamodb_table: {point_in_time_recovery.recovery_period_in_days: "{{ min_backup_retention_days }}"}
#     text: >-
#       Raise the backup retention period. It takes effect without a restart unless it was 0, and backups beyond the
#       size of the database are charged.
package dbkeel.retention.backup_retention

import data.dbkeel.lib.text

violations contains message if {
	input.backup_retention_days < data.parameters.min_backup_retention_days
	message := sprintf("keeps %s of backups; %s asks for %d", [
		text.counted(input.backup_retention_days, "day"),
		data.baseline.tier,
		data.parameters.min_backup_retention_days,
	])
}

not_applicable contains "a replica; backups are taken of its source" if input.is_replica
