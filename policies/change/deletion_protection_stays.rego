# METADATA
# title: The plan leaves deletion protection on
# description: >-
#   Turning protection off is the first half of deleting a database: the next plan, or the next person, may do the
#   other.
# custom:
#   id: DBK-CHG-004
#   severity: high
#   covers: []
#   parameters:
#     require_deletion_protection:
#       type: boolean
#       default: true
#       description: Whether the provider must refuse to delete the database.
#   remediation:
#     text: Leave `deletion_protection` on. When the database shall go, say so in a waiver with a date.
package dbkeel.change.deletion_protection_stays

import data.dbkeel.lib.plan

violations contains message if {
	plan.alters(input.planned_action)
	input.before.deletion_protection
	not input.deletion_protection
	message := sprintf("the plan turns deletion protection off; %s asks to keep it on", [data.baseline.tier])
}

not_applicable contains "the plan does not change it" if not plan.alters(input.planned_action)

not_applicable contains message if {
	not data.parameters.require_deletion_protection
	message := sprintf("%s does not ask for deletion protection", [data.baseline.tier])
}
