# METADATA
# title: Every replica has backups of its own
# description: >-
#   Point-in-time recovery is switched on for each region by itself. A replica without it takes part in every write, the
#   wrong ones too, and when the region with the backups is the one that is lost, nothing can be wound back.
# custom:
#   id: DBK-RET-020
#   severity: low
#   covers: [dynamodb-global-table-pitr]
#   monotone: [replicas_without_backups]
#   remediation:
#     terraform:
#       aws_dynamodb_table: {replica.point_in_time_recovery: "true"}
#     text: Turn point-in-time recovery on in the block of each replica; it takes effect at once and is charged by size.
package dbkeel.retention.replica_backups

violations contains message if {
	some region in input.replicas_without_backups
	message := sprintf("its replica in %s has no backups; %s asks for them in every region", [region, data.baseline.tier])
}
