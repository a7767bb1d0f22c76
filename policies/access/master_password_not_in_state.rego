# METADATA
# title: The administrator's password is not in the Terraform state
# description: >-
#   Whatever passes through an ordinary argument is written to the state in the clear, and the state is read by every
#   pipeline, kept in every version and copied into every plan file. Whoever can read it administers the database.
# custom:
#   id: DBK-ACC-011
#   severity: high
#   covers: [rds-master-password-not-in-code]
#   remediation:
#     terraform:
#       aws_db_instance: {manage_master_user_password: "true"}
#       aws_rds_cluster: {manage_master_user_password: "true"}
#       aws_docdb_cluster: {manage_master_user_password: "true"}
#     text: >-
#       Let the provider manage the password, or hand it over with the write-only argument (password_wo,
#       master_password_wo). Then change it, because the old one stays in earlier versions of the state.
package dbkeel.access.master_password_not_in_state

violations contains message if {
	input.master_password_in_state == true
	message := sprintf("writes the administrator's password to the Terraform state; %s asks to keep it out", [
		data.baseline.tier,
	])
}
