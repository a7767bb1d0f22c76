# METADATA
# title: The plan leaves the final snapshot on
# description: >-
#   Skipping the final snapshot is how a deletion is prepared. What is applied now decides what the next plan
#   destroys for good.
# custom:
#   id: DBK-CHG-008
#   severity: medium
#   covers: []
#   parameters:
#     require_final_snapshot:
#       type: boolean
#       default: true
#       description: Whether deleting a database must take a last snapshot.
#   remediation:
#     text: Leave `skip_final_snapshot` off.
package dbkeel.change.final_snapshot_stays

import data.dbkeel.lib.plan

violations contains message if {
	plan.alters(input.planned_action)
	input.before.final_snapshot
	not input.final_snapshot
	message := sprintf("the plan turns the final snapshot off; %s asks to keep it", [data.baseline.tier])
}

not_applicable contains "the plan does not change it" if not plan.alters(input.planned_action)

not_applicable contains message if {
	not data.parameters.require_final_snapshot
	message := sprintf("%s does not ask for a final snapshot", [data.baseline.tier])
}
