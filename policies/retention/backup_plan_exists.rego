# METADATA
# title: There is a backup plan where there are databases
# description: >-
#   A region without a single backup plan backs up nothing by schedule, whatever its databases are tagged with.
# custom:
#   id: DBK-RET-014
#   severity: low
#   covers: [backup-plan-exists]
#   parameters:
#     require_backup_plan:
#       type: boolean
#       default: false
#       description: Whether a plan of the provider's backup service must protect the database.
#   remediation:
#     text: Make a backup plan in the region, and let it select databases by a tag.
package dbkeel.retention.backup_plan_exists

violations contains message if {
	input.backup_plans == 0
	message := sprintf("the region has no backup plan; %s asks for one", [data.baseline.tier])
}

not_applicable contains message if {
	not data.parameters.require_backup_plan
	message := sprintf("%s does not ask for a backup plan", [data.baseline.tier])
}
