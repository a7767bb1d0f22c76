# METADATA
# title: The engine is approved
# description: >-
#   Every further engine needs somebody who can restore, tune and patch it at night. An engine that nobody chose is one
#   that nobody knows.
# custom:
#   id: DBK-PAT-005
#   severity: low
#   covers: [rds-approved-engine, elasticache-no-memcached]
#   parameters:
#     approved_engines:
#       type: strings
#       default: []
#       description: The engines that may be used, in the provider's words; none listed means that every engine may.
#     refused_engines:
#       type: strings
#       default: []
#       description: The engines that may not be used, such as `memcached`, which encrypts and authenticates nothing.
#   remediation:
#     text: Move the data to an approved engine, or have the engine approved and add it to the list.
package dbkeel.patch.approved_engine

import data.dbkeel.lib.text

violations contains message if {
	count(data.parameters.approved_engines) > 0
	not input.engine in data.parameters.approved_engines
	message := sprintf("runs %s; %s approves %s", [
		input.engine,
		data.baseline.tier,
		text.listed(data.parameters.approved_engines),
	])
}

violations contains message if {
	input.engine in data.parameters.refused_engines
	message := sprintf("runs %s; %s refuses it", [input.engine, data.baseline.tier])
}

not_applicable contains message if {
	count(data.parameters.approved_engines) == 0
	count(data.parameters.refused_engines) == 0
	message := sprintf("%s approves every engine", [data.baseline.tier])
}

not_applicable contains "a replica; it has the engine of its source" if input.is_replica
