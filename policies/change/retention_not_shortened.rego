# METADATA
# title: The plan keeps backups as long as before
# description: >-
#   A shorter retention deletes the older backups as soon as it is applied. Raising it again does not bring them
#   back.
# custom:
#   id: DBK-CHG-007
#   severity: medium
#   covers: []
#   remediation:
#     text: Leave the retention as it is, or copy what must be kept into a snapshot before the apply.
package dbkeel.change.retention_not_shortened

import data.dbkeel.lib.plan
import data.dbkeel.lib.text

violations contains message if {
	plan.alters(input.planned_action)
	input.backup_retention_days > 0
	input.backup_retention_days < input.before.backup_retention_days
	message := sprintf("the plan keeps backups for %s where it was %d; %s asks not to delete backups early", [
		text.counted(input.backup_retention_days, "day"),
		input.before.backup_retention_days,
		data.baseline.tier,
	])
}

not_applicable contains "the plan does not change it" if not plan.alters(input.planned_action)
