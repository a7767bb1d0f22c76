# METADATA
# title: Changed parameters are in force after the apply
# description: >-
#   A static parameter is written to the group at once but takes effect when somebody reboots the database. Until
#   then the settings are not what the configuration says, and the next unplanned restart changes them.
# custom:
#   id: DBK-CHG-014
#   severity: low
#   covers: []
#   monotone: [static_parameters_changed]
#   remediation:
#     text: >-
#       Reboot every database that uses the group, in a window; the provider does not do so in the maintenance window.
package dbkeel.change.parameters_in_force

import data.dbkeel.lib.text

violations contains message if {
	input.planned_action == "update"
	count(input.static_parameters_changed) > 0
	message := sprintf("the plan changes %s, in force only after a reboot; %s asks to plan the reboot", [
		text.listed(input.static_parameters_changed),
		data.baseline.tier,
	])
}

not_applicable contains "the plan does not change it in place" if input.planned_action != "update"
