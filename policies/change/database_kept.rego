# METADATA
# title: The plan deletes no database
# description: >-
#   A deleted database takes its data, its endpoint and, unless told otherwise, its backups with it. In a plan it is one
#   line among many, and often the side effect of a renamed module or a changed `for_each` key.
# custom:
#   id: DBK-CHG-001
#   severity: critical
#   covers: []
#   optional: [before.is_replica, before.deletion_protection]
#   parameters:
#     allow_database_deletion:
#       type: boolean
#       default: false
#       description: Whether a plan may delete or replace a database.
#   remediation:
#     text: >-
#       Keep the resource; when it was only renamed or moved, say so with a `moved` block, and when another
#       configuration takes it over, with a `removed` block. When the database shall go, record that in a waiver.
package dbkeel.change.database_kept

import data.dbkeel.lib.plan

violations contains message if {
	input.planned_action == "delete"
	message := sprintf("the plan deletes it%s; %s asks to keep databases", [guard, data.baseline.tier])
}

# Some services have no deletion protection.
default guard := ""

guard := ", which its deletion protection will refuse" if input.before.deletion_protection == true

guard := ", and no deletion protection stops that" if input.before.deletion_protection == false

not_applicable contains "the plan does not touch it" if input.planned_action in {"create", "no-op", "read"}

not_applicable contains "the plan replaces it" if plan.replaces(input.planned_action)

not_applicable contains "it holds no data of its own" if input.before.holds_data == false

not_applicable contains "a replica; the data stays with its source" if input.before.is_replica

not_applicable contains message if {
	data.parameters.allow_database_deletion
	message := sprintf("%s lets plans delete databases", [data.baseline.tier])
}
