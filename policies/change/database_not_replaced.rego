# METADATA
# title: The plan replaces no database
# description: >-
#   A replacement destroys the database, or leaves it unmanaged where the plan only forgets it, and makes an empty one
#   that applications take for it. It hides behind one changed attribute, and nothing in the plan says that the data is
#   lost.
# custom:
#   id: DBK-CHG-002
#   severity: critical
#   covers: []
#   parameters:
#     allow_database_deletion:
#       type: boolean
#       default: false
#       description: Whether a plan may delete or replace a database.
#   remediation:
#     text: >-
#       Leave the attribute as it is, or move the data on purpose: make the new database from a snapshot, switch over,
#       and delete the old one in a plan of its own. `prevent_destroy` refuses such plans.
package dbkeel.change.database_not_replaced

import data.dbkeel.lib.plan

violations contains message if {
	plan.replaces(input.planned_action)
	message := sprintf("the plan replaces it%s; %s asks to keep databases", [cause, data.baseline.tier])
}

cause := "" if count(input.replace_attributes) == 0

cause := sprintf(" because `%s` changes", [input.replace_attributes[0]]) if count(input.replace_attributes) == 1

cause := sprintf(" because `%s` change", [concat("`, `", input.replace_attributes)]) if {
	count(input.replace_attributes) > 1
}

not_applicable contains "the plan does not touch it" if input.planned_action in {"create", "no-op", "read"}

not_applicable contains "a replica; the data stays with its source" if input.before.is_replica

not_applicable contains message if {
	data.parameters.allow_database_deletion
	message := sprintf("%s lets plans replace databases", [data.baseline.tier])
}
