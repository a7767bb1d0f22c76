# METADATA
# title: A second zone can take over
# description: >-
#   When the only server fails, or its zone does, the database is down until a new server has been made from storage or
#   backups. A standby or another member in a second zone takes over within minutes.
# custom:
#   id: DBK-AVA-002
#   severity: medium
#   covers:
#     - rds-instance-multi-az
#     - rds-cluster-multi-az
#     - docdb-multi-az
#     - neptune-multi-az
#     - elasticache-multi-az
#     - redshift-multi-az
#     - dax-multi-az
#     - dms-multi-az
#   parameters:
#     require_multi_az:
#       type: boolean
#       default: true
#       description: Whether a standby or another member must stand ready in a second zone.
#   remediation:
#     terraform:
#       aws_db_instance: {multi_az: "true"}
#       aws_dms_replication_instance: {multi_az: "true"}
#       aws_elasticache_replication_group: {multi_az_enabled: "true"}
#       aws_redshift_cluster: {multi_az: "true"}
#       aws_memorydb_cluster: {num_replicas_per_shard: "1"}
#       aws_dax_cluster: {replication_factor: "3"}
#     text: >-
#       Give an instance a standby; give a cluster a second member, which the provider places in another zone. The
#       standby is charged like the primary.
package dbkeel.availability.multi_az

violations contains message if {
	not input.multi_az
	message := sprintf("runs in one zone; %s asks for a second that can take over", [data.baseline.tier])
}

not_applicable contains "a replica; its source is what fails over" if input.is_replica

not_applicable contains message if {
	not data.parameters.require_multi_az
	message := sprintf("%s does not ask for a second zone", [data.baseline.tier])
}
