# METADATA
# title: What the plan destroys is kept in a snapshot
# description: >-
#   When a deletion or replacement turns out to be wrong, the final snapshot is the way back. Without it, and with
#   the automated backups deleted too, there is none.
# custom:
#   id: DBK-CHG-003
#   severity: critical
#   covers: []
#   optional: [before.keeps_automated_backups]
#   parameters:
#     require_final_snapshot:
#       type: boolean
#       default: true
#       description: Whether deleting a database must take a last snapshot.
#   remediation:
#     text: >-
#       Set `skip_final_snapshot = false` with a `final_snapshot_identifier` and apply that first: what counts is what
#       Terraform recorded before the plan. Or take a snapshot by hand.
package dbkeel.change.last_snapshot_taken

import data.dbkeel.lib.plan

violations contains message if {
	plan.destroys(input.planned_action)
	not input.before.final_snapshot
	message := sprintf("the plan destroys it without a final snapshot%s; %s asks for one", [rest, data.baseline.tier])
}

default rest := ""

rest := " and deletes its automated backups" if input.before.keeps_automated_backups == false

rest := ", though automated backups stay" if input.before.keeps_automated_backups == true

not_applicable contains "the plan does not destroy it" if not plan.destroys(input.planned_action)

not_applicable contains "a replica; the data stays with its source" if input.before.is_replica

not_applicable contains message if {
	not data.parameters.require_final_snapshot
	message := sprintf("%s does not ask for a final snapshot", [data.baseline.tier])
}
