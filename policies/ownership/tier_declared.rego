# METADATA
# title: The database says how critical it is
# description: >-
#   The tier decides how long backups are kept, whether a standby waits and who is woken at night. A database that
#   does not say it is judged as an ordinary one, however critical it is.
# custom:
#   id: DBK-OWN-002
#   severity: low
#   covers: []
#   parameters:
#     tier_tag:
#       type: string
#       default: tier
#       description: The key of the tag that names the tier.
#   remediation:
#     terraform:
#       aws_db_instance: {"tags.{{ tier_tag }}": tier-1}
#       aws_rds_cluster: {"tags.{{ tier_tag }}": tier-1}
#     text: >-
#       Agree with the owner on what an hour of outage and an hour of lost data cost, and tag the database with the
#       tier that follows.
package dbkeel.ownership.tier_declared

import data.dbkeel.lib.roles

# A replica may be of another tier than its source. Reading `is_replica` also keeps the rule to databases, since
# parameter groups and proxies have tags too.
violations contains message if {
	trim_space(object.get(input.tags, data.parameters.tier_tag, "")) == ""
	message := sprintf("the %s has no tag %s and is judged as %s; the baseline asks for a declared tier", [
		roles.role(input.is_replica),
		data.parameters.tier_tag,
		data.baseline.tier,
	])
}
