# METADATA
# title: The backup service is allowed to back up databases
# description: >-
#   A plan that selects a database whose type the account has not opted in for backs up nothing and reports no error. The
#   switch is one for the whole account and region.
# custom:
#   id: DBK-RET-015
#   severity: medium
#   covers: [backup-resource-type-opt-in]
#   parameters:
#     required_backup_types:
#       type: strings
#       default: [Aurora, RDS]
#       description: The types of resources that plans must back up, as the provider names them.
#   remediation:
#     terraform:
#       aws_backup_region_settings: {resource_type_opt_in_preference.RDS: "true"}
#     text: Opt in for the types of databases in the settings of AWS Backup, in every region that has any.
package dbkeel.retention.backup_opt_in

import data.dbkeel.lib.text

missing := {type | some type in data.parameters.required_backup_types; not type in input.backup_opt_in}

violations contains message if {
	count(missing) > 0
	message := sprintf("does not back up %s; %s asks for %s", [
		text.listed(missing),
		data.baseline.tier,
		text.listed(data.parameters.required_backup_types),
	])
}
