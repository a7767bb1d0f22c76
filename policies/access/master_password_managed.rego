# METADATA
# title: The administrator's password is kept by the provider
# description: >-
#   A password in the provider's secret store is made by a machine, rotated by a machine and read by name and with a
#   trace. One that people chose stays what it was on the first day, in every place that it was ever pasted into.
# custom:
#   id: DBK-ACC-010
#   severity: medium
#   covers: [rds-instance-managed-master-password, rds-cluster-managed-master-password]
#   optional: [master_password_ephemeral]
#   remediation:
#     terraform:
#       aws_db_instance: {manage_master_user_password: "true"}
#       aws_rds_cluster: {manage_master_user_password: "true"}
#       aws_docdb_cluster: {manage_master_user_password: "true"}
#     text: >-
#       Remove the password from the configuration and let the provider manage it; the password changes at that
#       moment, so point its readers at the new secret first.
package dbkeel.access.master_password_managed

not_applicable contains "replicates another database and takes over its administrator" if input.is_replica == true

# A password that Terraform fetches and keeps nowhere is kept by whoever it was fetched from.
violations contains message if {
	input.master_password_managed == false
	not input.master_password_ephemeral
	message := sprintf("the administrator's password is kept by hand; %s asks for a managed one", [data.baseline.tier])
}
