# METADATA
# title: The plan gives no public address
# description: >-
#   The change takes effect at once: from then on the internet can reach the login prompt, as far as security groups
#   let it.
# custom:
#   id: DBK-CHG-011
#   severity: critical
#   covers: []
#   remediation:
#     text: Leave `publicly_accessible` off and reach the database through a VPN, a bastion or peering.
package dbkeel.change.stays_private

import data.dbkeel.lib.plan

violations contains message if {
	plan.alters(input.planned_action)
	not input.before.publicly_accessible
	input.publicly_accessible
	message := sprintf("the plan gives it a public address; %s asks to keep it private", [data.baseline.tier])
}

not_applicable contains "the plan does not change it" if not plan.alters(input.planned_action)
