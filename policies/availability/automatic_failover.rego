# METADATA
# title: A replica takes over by itself
# description: >-
#   A replica that nobody promotes serves reads and no writes: the application stands still until somebody is awake and has
#   found out which replica is the newest. With automatic failover it is promoted within a minute.
# custom:
#   id: DBK-AVA-010
#   severity: medium
#   covers: [elasticache-auto-failover]
#   parameters:
#     require_automatic_failover:
#       type: boolean
#       default: true
#       description: Whether a replica must take the place of a primary that failed without anybody asking for it.
#   remediation:
#     terraform:
#       aws_elasticache_replication_group: {automatic_failover_enabled: "true"}
#       aws_memorydb_cluster: {num_replicas_per_shard: "1"}
#       aws_dax_cluster: {replication_factor: "3"}
#     text: >-
#       Give every shard a replica, and turn automatic failover on; it is done without an outage. In several zones it also
#       survives the loss of one.
package dbkeel.availability.automatic_failover

violations contains message if {
	not input.automatic_failover
	message := sprintf("stands still when its primary fails; %s asks for a replica that takes over", [data.baseline.tier])
}

not_applicable contains "a replica; its source is what fails over" if input.is_replica

not_applicable contains message if {
	not data.parameters.require_automatic_failover
	message := sprintf("%s does not ask for automatic failover", [data.baseline.tier])
}
