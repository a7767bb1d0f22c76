# METADATA
# title: The plan upgrades no major version unseen
# description: >-
#   A major upgrade restarts the database, can break queries and extensions, and cannot be undone: the way back is a
#   restore. In a plan it looks like any other number.
# custom:
#   id: DBK-CHG-009
#   severity: medium
#   covers: []
#   optional: [allow_major_version_upgrade]
#   parameters:
#     allow_planned_major_upgrades:
#       type: boolean
#       default: false
#       description: Whether a plan may upgrade a major version without an approval.
#   remediation:
#     text: >-
#       Try the upgrade on a copy restored from a snapshot, or use a blue/green deployment; then record the approval in
#       a waiver.
package dbkeel.change.major_version_stays

import data.dbkeel.lib.plan
import data.dbkeel.lib.version

violations contains message if {
	plan.alters(input.planned_action)
	input.engine == input.before.engine
	version.older(input.before.engine_major_version, input.engine_major_version)
	message := sprintf("the plan upgrades %s from %s to %s%s; %s asks to have major upgrades approved", [
		input.engine,
		input.before.engine_major_version,
		input.engine_major_version,
		refusal,
		data.baseline.tier,
	])
}

default refusal := ""

refusal := ", which the provider refuses without allow_major_version_upgrade" if {
	input.allow_major_version_upgrade == false
}

not_applicable contains message if {
	data.parameters.allow_planned_major_upgrades
	message := sprintf("%s lets plans upgrade major versions", [data.baseline.tier])
}

not_applicable contains "the plan does not change it" if not plan.alters(input.planned_action)
