# METADATA
# title: The plan keeps the second zone
# description: >-
#   From the apply on, the next failure of the server or its zone is an outage of hours instead of a minute.
# custom:
#   id: DBK-CHG-012
#   severity: high
#   covers: []
#   parameters:
#     require_multi_az:
#       type: boolean
#       default: true
#       description: Whether a standby or another member must stand ready in a second zone.
#   remediation:
#     text: Leave the standby or the second member; to save on it, move the database to a lower tier first.
package dbkeel.change.multi_az_stays

import data.dbkeel.lib.plan

violations contains message if {
	plan.alters(input.planned_action)
	input.before.multi_az
	not input.multi_az
	message := sprintf("the plan gives up the second zone; %s asks to keep it", [data.baseline.tier])
}

not_applicable contains "the plan does not change it" if not plan.alters(input.planned_action)

not_applicable contains message if {
	not data.parameters.require_multi_az
	message := sprintf("%s does not ask for a second zone", [data.baseline.tier])
}
