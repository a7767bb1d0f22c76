# METADATA
# title: No security group of EC2-Classic is left
# description: >-
#   The database security groups of EC2-Classic protect nothing in a virtual network. A rule that somebody still keeps in
#   one is a rule that somebody believes in.
# custom:
#   id: DBK-ACC-020
#   severity: low
#   covers: [rds-no-classic-db-security-groups]
#   monotone: [classic_security_groups]
#   remediation:
#     terraform:
#       aws_db_instance: {vpc_security_group_ids: "[aws_security_group.database.id]"}
#     text: Let in with security groups of the VPC what the old group let in, and delete the old group.
package dbkeel.access.no_classic_security_groups

import data.dbkeel.lib.text

violations contains message if {
	count(input.classic_security_groups) > 0
	message := sprintf("is of EC2-Classic: %s; %s asks for security groups of a virtual network", [
		text.listed(input.classic_security_groups),
		data.baseline.tier,
	])
}
