# METADATA
# title: The administrator does not have a well-known name
# description: >-
#   Password guessing starts with the names that every engine ships with. A name of your own makes such attempts fail
#   twice, and makes them stand out in the log.
# custom:
#   id: DBK-ACC-009
#   severity: medium
#   covers:
#     - rds-instance-custom-admin-name
#     - rds-cluster-custom-admin-name
#     - redshift-custom-admin-name
#     - redshift-serverless-namespace-hardening
#   parameters:
#     well_known_usernames:
#       type: strings
#       default: [admin, administrator, awsuser, master, mysql, postgres, rdsadmin, root, sa, system]
#       description: Names that the administrator must not have, in lower case.
#   remediation:
#     text: >-
#       The name is chosen when the database is created and stays; Terraform would replace the database to change it.
#       Create another administrator under a name of its own, and take the rights and the password of the first one
#       away.
package dbkeel.access.master_username_not_default

violations contains message if {
	lower(input.master_username) in data.parameters.well_known_usernames
	message := sprintf("the administrator is called %s; %s asks for a name that is not well known", [
		input.master_username,
		data.baseline.tier,
	])
}
