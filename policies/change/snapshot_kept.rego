# METADATA
# title: The plan deletes no snapshot
# description: >-
#   A manual snapshot is often the last copy of a database that is gone, or the one that an auditor asks for. Nothing
#   brings it back.
# custom:
#   id: DBK-CHG-017
#   severity: medium
#   covers: []
#   optional: [before.shared_with]
#   parameters:
#     allow_snapshot_deletion:
#       type: boolean
#       default: false
#       description: Whether a plan may delete or replace a database snapshot.
#   remediation:
#     text: Keep the snapshot, or copy it to an account or vault for archives first.
package dbkeel.change.snapshot_kept

import data.dbkeel.lib.plan
import data.dbkeel.lib.text

violations contains message if {
	plan.destroys(input.planned_action)
	message := sprintf("the plan deletes the snapshot%s; %s asks to keep snapshots", [users, data.baseline.tier])
}

# Snapshots of some services cannot be shared.
default users := ""

users := sprintf(", which is shared with %s", [text.counted(count(input.before.shared_with), "account")]) if {
	count(input.before.shared_with) > 0
	not "all" in input.before.shared_with
}

users := ", which is public" if "all" in input.before.shared_with

not_applicable contains "the plan does not touch it" if input.planned_action in {"create", "no-op", "read"}

not_applicable contains "the provider took it and deletes it in its time" if input.before.manual_snapshot == false

not_applicable contains message if {
	data.parameters.allow_snapshot_deletion
	message := sprintf("%s lets plans delete snapshots", [data.baseline.tier])
}
