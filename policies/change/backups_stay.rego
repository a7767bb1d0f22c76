# METADATA
# title: The plan leaves automated backups on
# description: >-
#   Setting the retention to 0 deletes every automated backup at once: there is no point in time left to recover to,
#   not even from before the change.
# custom:
#   id: DBK-CHG-006
#   severity: high
#   covers: []
#   remediation:
#     text: Leave the backup retention period above 0.
package dbkeel.change.backups_stay

import data.dbkeel.lib.plan

violations contains message if {
	plan.alters(input.planned_action)
	input.before.backup_retention_days > 0
	input.backup_retention_days == 0
	message := sprintf("the plan turns automated backups off and deletes those that exist; %s asks to keep them", [
		data.baseline.tier,
	])
}

not_applicable contains "the plan does not change it" if not plan.alters(input.planned_action)
