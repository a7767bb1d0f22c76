# METADATA
# title: The server has no public address
# description: >-
#   A public address puts the login prompt of the database within reach of everybody, with only security groups and
#   passwords left in between. Applications in the same network never need it.
# custom:
#   id: DBK-ACC-001
#   severity: critical
#   covers:
#     - rds-instance-not-public
#     - neptune-instance-not-public
#     - redshift-not-public
#     - redshift-serverless-not-public
#     - dms-instance-not-public
#   remediation:
#     terraform:
#       aws_db_instance: {publicly_accessible: "false"}
#       aws_rds_cluster_instance: {publicly_accessible: "false"}
#       aws_neptune_cluster_instance: {publicly_accessible: "false"}
#       aws_redshift_cluster: {publicly_accessible: "false"}
#       aws_redshiftserverless_workgroup: {publicly_accessible: "false"}
#       aws_dms_replication_instance: {publicly_accessible: "false"}
#     text: >-
#       The change takes effect at once and without a reboot; clients outside the network then need a VPN, a bastion
#       or peering.
package dbkeel.access.not_publicly_accessible

violations contains message if {
	input.publicly_accessible == true
	message := sprintf("has a public address; %s asks for private addresses only", [data.baseline.tier])
}
