# METADATA
# title: The database has a parameter group of its own
# description: >-
#   Nobody can edit a default parameter group, so neither TLS nor logging nor a fix in the middle of the night can be
#   set there. Changing to a group of its own later takes a reboot.
# custom:
#   id: DBK-PAR-001
#   severity: low
#   covers: [rds-custom-parameter-group]
#   remediation:
#     terraform:
#       aws_db_instance: {parameter_group_name: aws_db_parameter_group.database.name}
#       aws_rds_cluster: {db_cluster_parameter_group_name: aws_rds_cluster_parameter_group.database.name}
#       aws_docdb_cluster: {db_cluster_parameter_group_name: aws_docdb_cluster_parameter_group.database.name}
#       aws_neptune_cluster: {neptune_cluster_parameter_group_name: aws_neptune_cluster_parameter_group.database.name}
#       aws_redshift_cluster: {cluster_parameter_group_name: aws_redshift_parameter_group.database.name}
#     text: Make a parameter group of the engine's family, even an empty one, and reboot once in a maintenance window.
package dbkeel.parameters.custom_parameter_group

violations contains message if {
	input.default_parameter_group == true
	message := sprintf("uses a default parameter group; %s asks for one of its own", [data.baseline.tier])
}
