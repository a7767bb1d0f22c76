# METADATA
# title: No surcharge is paid for an old version
# description: >-
#   Past the end of standard support the provider charges for every virtual CPU by the hour, more from the third year
#   on, until the database is upgraded. New databases are enrolled unless they are told otherwise.
# custom:
#   id: DBK-PAT-003
#   severity: medium
#   covers: [rds-not-in-extended-support]
#   remediation:
#     terraform:
#       aws_db_instance: {engine_lifecycle_support: '"open-source-rds-extended-support-disabled"'}
#       aws_rds_cluster: {engine_lifecycle_support: '"open-source-rds-extended-support-disabled"'}
#       aws_rds_global_cluster: {engine_lifecycle_support: '"open-source-rds-extended-support-disabled"'}
#     text: >-
#       Upgrade to a major version in standard support. Leaving extended support without an upgrade is only possible for
#       a database that is made anew, and then the provider upgrades it by itself.
package dbkeel.patch.not_in_extended_support

import data.dbkeel.lib.date

lifecycle := data.engines[input.engine][input.engine_major_version]

violations contains message if {
	input.extended_support
	date.days(data.now, lifecycle.standard_support_ends) < 0
	message := sprintf("%s %s is in paid extended support: standard support ended %s; %s asks for a supported version", [
		input.engine,
		input.engine_major_version,
		lifecycle.standard_support_ends,
		data.baseline.tier,
	])
}

not_applicable contains message if {
	not offered
	message := sprintf("no extended support is known for %s %s", [input.engine, input.engine_major_version])
}

offered if {
	lifecycle.standard_support_ends
	lifecycle.extended_support_ends
}
