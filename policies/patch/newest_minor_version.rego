# METADATA
# title: The minor version is recent
# description: >-
#   Every minor version that is skipped leaves fixed flaws open, and the fixes tell attackers where to look.
# custom:
#   id: DBK-PAT-004
#   severity: medium
#   covers: [rds-minor-version-current]
#   parameters:
#     max_minor_version_age_days:
#       type: integer
#       unit: days
#       default: 90
#       minimum: 0
#       maximum: 730
#       description: How long after its release the newest minor version may be left out.
#   remediation:
#     text: >-
#       Raise `engine_version`, or name only the major version and turn automatic minor upgrades on; the upgrade is
#       applied in the maintenance window and restarts the database.
package dbkeel.patch.newest_minor_version

import data.dbkeel.lib.date
import data.dbkeel.lib.text
import data.dbkeel.lib.version

lifecycle := data.engines[input.engine][input.engine_major_version]

violations contains message if {
	version.older(input.engine_version, lifecycle.newest_minor)
	date.days(lifecycle.newest_minor_released, data.now) > data.parameters.max_minor_version_age_days
	message := sprintf("%s %s is older than %s, released %s; %s asks for new minor versions within %s", [
		input.engine,
		input.engine_version,
		lifecycle.newest_minor,
		lifecycle.newest_minor_released,
		data.baseline.tier,
		text.counted(data.parameters.max_minor_version_age_days, "day"),
	])
}

not_applicable contains message if {
	not dated
	message := sprintf("it is not known when %s %s had its newest minor version", [
		input.engine,
		input.engine_major_version,
	])
}

not_applicable contains message if {
	dated
	not says_minor
	message := sprintf("%s does not say which minor version runs", [input.engine_version])
}

dated if {
	lifecycle.newest_minor
	lifecycle.newest_minor_released
}

says_minor if {
	version.counts_in(input.engine_version, input.engine_major_version)
	version.precise(input.engine_version, lifecycle.newest_minor)
}
