# METADATA
# title: A well-known administrator is not within reach of everybody
# description: >-
#   A public address lets everybody try passwords, and a well-known name leaves nothing but the password to be found.
#   Each of the two can be argued about; both together are what automated attacks look for.
# custom:
#   id: DBK-ACC-030
#   severity: high
#   covers: [redshift-common-admin-and-public]
#   parameters:
#     well_known_usernames:
#       type: strings
#       default: [admin, administrator, awsuser, master, mysql, postgres, rdsadmin, root, sa, system]
#       description: Names that the administrator must not have, in lower case.
#   remediation:
#     terraform:
#       aws_db_instance: {publicly_accessible: "false"}
#       aws_redshift_cluster: {publicly_accessible: "false"}
#     text: >-
#       Take the public address away first, which needs no new database. Then give the administrator's rights to a
#       user with a name of its own.
package dbkeel.access.known_administrator_not_public

not_applicable contains "has no public address" if input.publicly_accessible == false

violations contains message if {
	input.publicly_accessible == true
	lower(input.master_username) in data.parameters.well_known_usernames
	message := sprintf("has a public address and an administrator called %s; %s asks for neither", [
		input.master_username,
		data.baseline.tier,
	])
}
