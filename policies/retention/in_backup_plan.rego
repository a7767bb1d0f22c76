# METADATA
# title: A backup plan protects the database
# description: >-
#   Automated backups belong to their database and follow its settings. A plan of the backup service keeps copies by a
#   schedule of its own, in vaults that can be in another account, out of reach of whoever may delete the database.
# custom:
#   id: DBK-RET-008
#   severity: medium
#   covers: [rds-instance-in-backup-plan, rds-cluster-in-backup-plan, dynamodb-in-backup-plan]
#   parameters:
#     require_backup_plan:
#       type: boolean
#       default: false
#       description: Whether a plan of the provider's backup service must protect the database.
#   remediation:
#     text: >-
#       Let a backup plan select the database, best by a tag, and copy its recovery points to a vault in another
#       account.
package dbkeel.retention.in_backup_plan

violations contains message if {
	not input.in_backup_plan
	message := sprintf("is in no backup plan; %s asks for one", [data.baseline.tier])
}

not_applicable contains "a replica; backups are taken of its source" if input.is_replica

not_applicable contains message if {
	not data.parameters.require_backup_plan
	message := sprintf("%s does not ask for a backup plan", [data.baseline.tier])
}
