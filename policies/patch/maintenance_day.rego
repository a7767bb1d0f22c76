# METADATA
# title: Maintenance falls on an agreed day
# description: >-
#   The provider restarts the database in its maintenance window. When nobody chose the window, the provider picked a
#   weekday at random.
# custom:
#   id: DBK-PAT-009
#   severity: low
#   covers: []
#   parameters:
#     maintenance_days:
#       type: strings
#       default: []
#       values: [mon, tue, wed, thu, fri, sat, sun]
#       description: The days, such as `sat`, on which maintenance windows may open; none listed means any day.
#   remediation:
#     text: Move the maintenance window to an agreed day, in UTC and clear of the backup window.
package dbkeel.patch.maintenance_day

import data.dbkeel.lib.text

day := substring(input.maintenance_window, 0, 3)

violations contains message if {
	not day in data.parameters.maintenance_days
	message := sprintf("maintenance window %s opens on %s; %s agreed on %s", [
		input.maintenance_window,
		day,
		data.baseline.tier,
		text.listed(data.parameters.maintenance_days),
	])
}

not_applicable contains message if {
	count(data.parameters.maintenance_days) == 0
	message := sprintf("%s agreed on no day", [data.baseline.tier])
}
