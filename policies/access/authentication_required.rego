# METADATA
# title: Clients have to say who they are
# description: >-
#   A cache that asks nobody hands everything in it to whoever gets a packet to its port: one compromised host in the network,
#   or one rule too many in a security group, is enough. Sessions, tokens and personal data live in caches.
# custom:
#   id: DBK-ACC-025
#   severity: high
#   covers: [elasticache-auth]
#   remediation:
#     terraform:
#       aws_elasticache_replication_group: {user_group_ids: "[aws_elasticache_user_group.application.id]"}
#       aws_elasticache_serverless_cache: {user_group_id: aws_elasticache_user_group.application.id}
#       aws_memorydb_cluster: {acl_name: aws_memorydb_acl.application.name}
#     text: >-
#       Turn encryption in transit on first. Then give every application a user of its own, best with the provider's
#       identities in place of a password, and attach their group. A first password that is set with the strategy ROTATE
#       lets clients without one in as before; set it with SET once all of them know it.
package dbkeel.access.authentication_required

violations contains message if {
	not input.authentication_required
	message := sprintf("serves whoever can reach it; %s asks for users or a password", [data.baseline.tier])
}
