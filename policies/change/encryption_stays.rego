# METADATA
# title: The plan leaves storage encrypted
# description: >-
#   Encryption cannot be turned off in place: the plan makes a new database without it, and whoever gets at its
#   storage or its snapshots can read them.
# custom:
#   id: DBK-CHG-005
#   severity: high
#   covers: []
#   remediation:
#     text: Leave `storage_encrypted` and the key as they are.
package dbkeel.change.encryption_stays

import data.dbkeel.lib.plan

violations contains message if {
	plan.alters(input.planned_action)
	input.before.encrypted_at_rest
	not input.encrypted_at_rest
	message := sprintf("the plan turns encryption at rest off; %s asks to keep it on", [data.baseline.tier])
}

not_applicable contains "the plan does not change it" if not plan.alters(input.planned_action)
