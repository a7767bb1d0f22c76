# METADATA
# title: The database has a subnet group that somebody chose
# description: >-
#   The account's default subnet group is made of the default network, whose subnets are public. A database that ends
#   up there does so because nobody said where it belongs.
# custom:
#   id: DBK-ACC-013
#   severity: low
#   covers:
#     - elasticache-custom-subnet-group
#     - redshift-in-vpc
#   remediation:
#     terraform:
#       aws_db_instance: {db_subnet_group_name: aws_db_subnet_group.private.name}
#       aws_rds_cluster: {db_subnet_group_name: aws_db_subnet_group.private.name}
#       aws_docdb_cluster: {db_subnet_group_name: aws_docdb_subnet_group.private.name}
#       aws_neptune_cluster: {neptune_subnet_group_name: aws_neptune_subnet_group.private.name}
#       aws_elasticache_replication_group: {subnet_group_name: aws_elasticache_subnet_group.private.name}
#       aws_elasticache_cluster: {subnet_group_name: aws_elasticache_subnet_group.private.name}
#       aws_redshift_cluster: {cluster_subnet_group_name: aws_redshift_subnet_group.private.name}
#       aws_memorydb_cluster: {subnet_group_name: aws_memorydb_subnet_group.private.name}
#       aws_dax_cluster: {subnet_group_name: aws_dax_subnet_group.private.name}
#     text: >-
#       Make a subnet group of private subnets and name it when the database is created. A running one moves to
#       another network only with an outage, and a cluster only by restoring it there.
package dbkeel.access.custom_subnet_group

violations contains message if {
	input.subnet_group == "default"
	message := sprintf("is in the account's default subnet group; %s asks for one of its own", [data.baseline.tier])
}
