# METADATA
# title: The database can be restored to a recent moment
# description: >-
#   Backups that are switched on may still fall behind: a full volume, a lost key or a stuck engine stops the logs from
#   being kept. How far back the latest restorable moment lies is how much would be lost now.
# custom:
#   id: DBK-RET-009
#   severity: high
#   covers: [rds-recent-recovery-point]
#   parameters:
#     max_recovery_point_age_hours:
#       type: integer
#       unit: hours
#       default: 24
#       minimum: 1
#       maximum: 8760
#       description: How old the latest moment to which a database can be restored may be when it is looked at.
#   remediation:
#     text: >-
#       Find out what holds the backups up: the events of the database name a full volume, a key that cannot be used or
#       an engine that does not answer. Take a snapshot by hand until it is mended.
package dbkeel.retention.recent_recovery_point

import data.dbkeel.lib.date
import data.dbkeel.lib.text

age := date.hours(input.latest_restorable_time, input.observed_at)

violations contains message if {
	age >= data.parameters.max_recovery_point_age_hours
	message := sprintf("can be restored to %s at the latest, %s before it was looked at; %s asks for less than %s", [
		input.latest_restorable_time,
		text.counted(age, "hour"),
		data.baseline.tier,
		text.counted(data.parameters.max_recovery_point_age_hours, "hour"),
	])
}
