# METADATA
# title: The backup plan keeps daily backups long enough
# description: >-
#   A plan is as good as its best daily rule: a weekly one loses six days of work, and one that forgets after a week is
#   no help against a mistake of last month.
# custom:
#   id: DBK-RET-013
#   severity: medium
#   covers: [backup-plan-retention]
#   parameters:
#     min_backup_plan_retention_days:
#       type: integer
#       unit: days
#       default: 35
#       minimum: 1
#       maximum: 36500
#       description: How long a backup plan must keep what it backs up daily.
#   remediation:
#     terraform:
#       aws_backup_plan: {rule.lifecycle.delete_after: "{{ min_backup_plan_retention_days }}"}
#     text: Give the plan a rule that runs every day and keeps its recovery points for as long as the baseline asks.
package dbkeel.retention.backup_plan_retention

import data.dbkeel.lib.text

violations contains message if {
	input.daily_backup_retention_days == 0
	message := sprintf("backs up less than daily; %s asks for daily backups that are kept for %s", [
		data.baseline.tier,
		text.counted(data.parameters.min_backup_plan_retention_days, "day"),
	])
}

violations contains message if {
	input.daily_backup_retention_days > 0
	input.daily_backup_retention_days < data.parameters.min_backup_plan_retention_days
	message := sprintf("keeps daily backups for %s; %s asks for %s", [
		text.counted(input.daily_backup_retention_days, "day"),
		data.baseline.tier,
		text.counted(data.parameters.min_backup_plan_retention_days, "day"),
	])
}
