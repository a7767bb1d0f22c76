# METADATA
# title: Automated backups outlive the database
# description: >-
#   Unless told otherwise, the provider deletes the automated backups together with the database. Kept, they still
#   restore it to any moment of their retention period.
# custom:
#   id: DBK-RET-005
#   severity: low
#   covers: []
#   parameters:
#     require_backups_after_deletion:
#       type: boolean
#       default: false
#       description: Whether automated backups must stay when the database is deleted.
#   remediation:
#     terraform:
#       aws_db_instance: {delete_automated_backups: "false"}
#       aws_rds_cluster: {delete_automated_backups: "false"}
#     text: Keep automated backups at deletion; they are charged until their retention period is over.
package dbkeel.retention.backups_outlive_deletion

violations contains message if {
	not input.keeps_automated_backups
	message := sprintf("loses its automated backups when it is deleted; %s asks to keep them", [data.baseline.tier])
}

not_applicable contains "a replica; backups are taken of its source" if input.is_replica

not_applicable contains message if {
	not data.parameters.require_backups_after_deletion
	message := sprintf("%s does not ask for backups after deletion", [data.baseline.tier])
}
