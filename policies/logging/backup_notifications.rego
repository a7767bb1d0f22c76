# METADATA
# title: Somebody is told when a backup fails
# description: >-
#   A backup that fails says nothing by itself: it is missed on the day it is needed. A notification of the vault tells
#   somebody the same morning.
# custom:
#   id: DBK-LOG-017
#   severity: low
#   covers: [backup-notifications]
#   parameters:
#     require_backup_notifications:
#       type: boolean
#       default: false
#       description: Whether somebody must be told of backups that fail.
#   remediation:
#     terraform:
#       aws_backup_vault_notifications: {backup_vault_events: "[BACKUP_JOB_COMPLETED]"}
#     text: >-
#       Send the events of finished and failed backup jobs to a topic that somebody reads. BACKUP_JOB_COMPLETED is sent
#       of jobs that failed, too.
package dbkeel.logging.backup_notifications

# Control backup-notifications: the event of a finished job covers those that failed.
telling := {"BACKUP_JOB_COMPLETED", "BACKUP_JOB_FAILED"}

violations contains message if {
	count({event | some event in input.backup_events; event in telling}) == 0
	message := sprintf("tells nobody when a backup fails; %s asks for it", [data.baseline.tier])
}

not_applicable contains message if {
	not data.parameters.require_backup_notifications
	message := sprintf("%s does not ask for notifications of backups", [data.baseline.tier])
}
