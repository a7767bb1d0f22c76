# METADATA
# title: Automated backups are on
# description: >-
#   Without automated backups there is no point-in-time recovery at all: a dropped table is gone, and a lost volume
#   takes the database with it.
# custom:
#   id: DBK-RET-002
#   severity: high
#   covers:
#     - rds-instance-backup-enabled
#     - elasticache-backup-retention
#     - dynamodb-pitr
#   remediation:
#     terraform:
#       aws_db_instance: {backup_retention_period: "7"}
#       aws_elasticache_replication_group: {snapshot_retention_limit: "7"}
#       aws_dynamodb_table: {point_in_time_recovery.enabled: "true"}
#       aws_dynamodb_table_replica: {point_in_time_recovery: "true"}
#     text: >-
#       Set a backup retention period of a day or more. Leaving 0 waits for the maintenance window unless changes are
#       applied at once, and the first backup is taken directly after.
package dbkeel.retention.backups_enabled

violations contains message if {
	input.backup_retention_days == 0
	message := sprintf("takes no automated backups; %s asks for them", [data.baseline.tier])
}

not_applicable contains "a replica; backups are taken of its source" if input.is_replica
