# METADATA
# title: The engine version is in standard support
# description: >-
#   A major version that has left standard support gets no more fixes, or only for a surcharge that grows with every
#   year, and is upgraded by force in the end. A major upgrade takes months to test, so it is better planned early.
# custom:
#   id: DBK-PAT-002
#   severity: high
#   covers: [rds-engine-standard-support, elasticache-engine-version]
#   parameters:
#     warn_days_before_end_of_support:
#       type: integer
#       unit: days
#       default: 180
#       minimum: 0
#       maximum: 1095
#       description: How many days of standard support a major version must have ahead of it; 0 fails only past the end.
#   remediation:
#     text: >-
#       Plan the upgrade to a major version with years of standard support ahead: try it on a copy restored from a
#       snapshot, then upgrade in place or through a blue/green deployment.
package dbkeel.patch.engine_standard_support

import data.dbkeel.lib.date
import data.dbkeel.lib.text

lifecycle := data.engines[input.engine][input.engine_major_version]

days_left := date.days(data.now, lifecycle.standard_support_ends)

violations contains message if {
	days_left < 0
	message := past(sprintf("ended %s", [lifecycle.standard_support_ends]))
}

violations contains message if {
	lifecycle.ended
	not lifecycle.standard_support_ends
	message := past("has ended")
}

violations contains message if {
	days_left >= 0
	days_left < data.parameters.warn_days_before_end_of_support
	message := sprintf("%s %s: standard support ends %s; %s asks for %s of it ahead", [
		input.engine,
		input.engine_major_version,
		lifecycle.standard_support_ends,
		data.baseline.tier,
		text.counted(data.parameters.warn_days_before_end_of_support, "day"),
	])
}

past(ended) := sprintf("%s %s: standard support %s; %s asks for a version in standard support", [
	input.engine,
	input.engine_major_version,
	ended,
	data.baseline.tier,
])

not_applicable contains message if {
	not lifecycle.standard_support_ends
	not lifecycle.ended
	message := sprintf("no end of support is known for %s %s", [input.engine, input.engine_major_version])
}
