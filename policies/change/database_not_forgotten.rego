# METADATA
# title: The plan forgets no database
# description: >-
#   A `removed` block leaves the database running and makes Terraform forget it; so does a replacement with
#   `destroy = false`. It is still charged and still holds data, but no plan shows its drift and no rule judges what is
#   declared of it.
# custom:
#   id: DBK-CHG-016
#   severity: medium
#   covers: []
#   optional: [before.deletion_protection]
#   remediation:
#     text: Let another configuration take the database over with an `import` block, and name it in the waiver.
package dbkeel.change.database_not_forgotten

import data.dbkeel.lib.plan

violations contains message if {
	plan.forgets(input.planned_action)
	message := sprintf("the plan leaves it running%s and forgets it; %s asks to keep databases managed", [
		state,
		data.baseline.tier,
	])
}

default state := ""

state := " without deletion protection" if input.before.deletion_protection == false

not_applicable contains "the plan does not forget it" if input.planned_action in {"create", "no-op", "read"}

not_applicable contains "it holds no data of its own" if input.before.holds_data == false
