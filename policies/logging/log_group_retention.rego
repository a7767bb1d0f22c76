# METADATA
# title: Exported logs are kept long enough, and no longer
# description: >-
#   Break-ins are found months after they happened, and by then the logs of that day must still be there. Logs that are
#   never deleted keep personal data for ever and are paid for as long.
# custom:
#   id: DBK-LOG-016
#   severity: low
#   covers: [rds-log-group-retention]
#   parameters:
#     min_log_retention_days:
#       type: integer
#       unit: days
#       default: 365
#       minimum: 1
#       maximum: 3653
#       description: How long exported logs must be kept at the least.
#     max_log_retention_days:
#       type: integer
#       unit: days
#       default: 0
#       minimum: 0
#       maximum: 3653
#       description: How long exported logs may be kept at the most; 0 sets no limit, and then they may be kept for ever.
#   remediation:
#     terraform:
#       aws_cloudwatch_log_group: {retention_in_days: "{{ min_log_retention_days }}"}
#     text: >-
#       Declare the log group with its retention before the database exports its first log; otherwise the service makes
#       one that keeps everything.
package dbkeel.logging.log_group_retention

import data.dbkeel.lib.text

for_ever if input.log_retention_days == 0

violations contains message if {
	not for_ever
	input.log_retention_days < data.parameters.min_log_retention_days
	message := sprintf("keeps logs for %s; %s asks for %s", [
		text.counted(input.log_retention_days, "day"),
		data.baseline.tier,
		text.counted(data.parameters.min_log_retention_days, "day"),
	])
}

violations contains message if {
	not for_ever
	data.parameters.max_log_retention_days > 0
	input.log_retention_days > data.parameters.max_log_retention_days
	message := sprintf("keeps logs for %s; %s asks for %s at the most", [
		text.counted(input.log_retention_days, "day"),
		data.baseline.tier,
		text.counted(data.parameters.max_log_retention_days, "day"),
	])
}

violations contains message if {
	for_ever
	data.parameters.max_log_retention_days > 0
	message := sprintf("keeps logs for ever; %s asks for %s at the most", [
		data.baseline.tier,
		text.counted(data.parameters.max_log_retention_days, "day"),
	])
}
