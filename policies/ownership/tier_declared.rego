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
#     tier_tags:
#       type: strings
#       default: [tier, criticality]
#       description: The keys of the tags that name the tier; one of them is enough.
#   remediation:
#     terraform:
#       aws_db_instance: {tags.tier: tier-1}
#       aws_rds_cluster: {tags.tier: tier-1}
#     text: >-
#       Agree with the owner on what an hour of outage and an hour of lost data cost, and tag the database with the
#       tier that follows.
package dbkeel.ownership.tier_declared

import data.dbkeel.lib.roles

declared if {
	some tag in data.parameters.tier_tags
	trim_space(object.get(input.tags, tag, "")) != ""
}

# A replica may be of another tier than its source. Reading `is_replica` also keeps the rule to databases, since
# parameter groups and proxies have tags too.
violations contains message if {
	not declared
	message := sprintf("the %s has no tag that names its tier (%s) and is judged as %s; the baseline asks for one", [
		roles.role(input.is_replica),
		concat(", ", data.parameters.tier_tags),
		data.baseline.tier,
	])
}
