# METADATA
# title: The members of a cluster are alike
# description: >-
#   After a failover another member is the writer. Where it runs another version, is public or is not monitored, the
#   failover changes more than the owner thought.
# custom:
#   id: DBK-PAR-013
#   severity: low
#   covers: [rds-cluster-member-drift]
#   monotone: [member_differences]
#   remediation:
#     text: Declare the members in one block with `count` or `for_each`, so that they share their settings.
package dbkeel.parameters.members_agree

import data.dbkeel.lib.text

violations contains message if {
	count(input.member_differences) > 0
	message := sprintf("its members differ in %s; %s asks for members that are alike", [
		text.listed(input.member_differences),
		data.baseline.tier,
	])
}
