# METADATA
# title: The plan asks for no older version
# description: >-
#   No provider downgrades a database in place. The apply fails in the middle or, where something else forces a
#   replacement, starts an empty database. Mostly the provider upgraded it meanwhile and the configuration did not
#   follow.
# custom:
#   id: DBK-CHG-010
#   severity: high
#   covers: []
#   remediation:
#     text: >-
#       Raise `engine_version` to what runs, or name the major version only; to go back, restore a snapshot from before
#       the upgrade as a new database.
package dbkeel.change.version_not_downgraded

import data.dbkeel.lib.plan
import data.dbkeel.lib.version

violations contains message if {
	plan.alters(input.planned_action)
	input.engine == input.before.engine
	downgraded
	message := sprintf("the plan asks for %s %s where %s was; %s asks for no downgrade", [
		input.engine,
		input.engine_version,
		input.before.engine_version,
		data.baseline.tier,
	])
}

downgraded if version.older(input.engine_major_version, input.before.engine_major_version)

downgraded if {
	version.counts_in(input.engine_version, input.engine_major_version)
	version.counts_in(input.before.engine_version, input.engine_major_version)
	version.older(input.engine_version, input.before.engine_version)
}

not_applicable contains "the plan does not change it" if not plan.alters(input.planned_action)
