# METADATA
# title: Deletion protection is on
# description: >-
#   One call, one wrong workspace or one renamed resource in Terraform deletes a database that is not protected. With
#   protection on, the provider refuses until somebody turns it off on purpose.
# custom:
#   id: DBK-AVA-001
#   severity: medium
#   covers:
#     - rds-instance-deletion-protection
#     - rds-cluster-deletion-protection
#     - docdb-deletion-protection
#     - neptune-deletion-protection
#     - dynamodb-deletion-protection
#   parameters:
#     require_deletion_protection:
#       type: boolean
#       default: true
#       description: Whether the provider must refuse to delete the database.
#   remediation:
#     terraform:
#       aws_db_instance: {deletion_protection: "true"}
#       aws_rds_cluster: {deletion_protection: "true"}
#       aws_rds_global_cluster: {deletion_protection: "true"}
#       aws_docdb_cluster: {deletion_protection: "true"}
#       aws_neptune_cluster: {deletion_protection: "true"}
#       aws_dynamodb_table: {deletion_protection_enabled: "true"}
#       aws_dynamodb_table_replica: {deletion_protection_enabled: "true"}
#     text: Turn deletion protection on; it takes effect at once and without a restart.
package dbkeel.availability.deletion_protection

violations contains message if {
	not input.deletion_protection
	message := sprintf("can be deleted by a single call; %s asks for deletion protection", [data.baseline.tier])
}

not_applicable contains message if {
	not data.parameters.require_deletion_protection
	message := sprintf("%s does not ask for deletion protection", [data.baseline.tier])
}
