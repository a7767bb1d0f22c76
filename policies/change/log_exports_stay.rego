# METADATA
# title: The plan keeps exporting logs
# description: >-
#   A log that is no longer exported is missed when something has happened, and the gap in it cannot be filled
#   afterwards.
# custom:
#   id: DBK-CHG-015
#   severity: medium
#   covers: []
#   remediation:
#     text: Leave the log in the list of exports.
package dbkeel.change.log_exports_stay

import data.dbkeel.lib.logs
import data.dbkeel.lib.plan
import data.dbkeel.lib.text

dropped := {log | some log in input.before.log_exports; not log in input.log_exports}

violations contains message if {
	plan.alters(input.planned_action)
	count(dropped) > 0
	message := sprintf("the plan stops exporting its %s %s; %s asks to keep exporting", [
		text.listed(dropped),
		logs.noun(dropped),
		data.baseline.tier,
	])
}

not_applicable contains "the plan does not change it" if not plan.alters(input.planned_action)
