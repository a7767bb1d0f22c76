# METADATA
# title: Backups are copied to another region
# description: >-
#   Backups stand in the region of their database. When the region or the account's access to it is lost, so are both.
# custom:
#   id: DBK-RET-007
#   severity: low
#   covers: []
#   parameters:
#     require_backups_replicated:
#       type: boolean
#       default: false
#       description: Whether automated backups must be copied to another region.
#   remediation:
#     text: >-
#       Add an `aws_db_instance_automated_backups_replication` in the other region, with a key of that region when the
#       database is encrypted.
package dbkeel.retention.backups_replicated

violations contains message if {
	not input.backups_replicated
	message := sprintf("keeps backups in one region; %s asks for a copy in another", [data.baseline.tier])
}

not_applicable contains "a replica; backups are taken of its source" if input.is_replica

not_applicable contains message if {
	not data.parameters.require_backups_replicated
	message := sprintf("%s does not ask for backups in another region", [data.baseline.tier])
}
