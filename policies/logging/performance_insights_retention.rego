# METADATA
# title: Query load is kept long enough
# description: >-
#   A slowdown is judged against the same hour of last week or last month. What was recorded then is gone by now when it
#   is kept for a few days.
# custom:
#   id: DBK-LOG-012
#   severity: low
#   covers: []
#   parameters:
#     min_performance_insights_retention_days:
#       type: integer
#       unit: days
#       default: 7
#       minimum: 7
#       maximum: 731
#       description: How long query load must be kept.
#   remediation:
#     terraform:
#       aws_db_instance: {performance_insights_retention_period: "{{ min_performance_insights_retention_days }}"}
#       aws_rds_cluster_instance:
#         performance_insights_retention_period: "{{ min_performance_insights_retention_days }}"
#     text: >-
#       Raise the retention of Performance Insights to 7 days, a multiple of 31 days, or 731 days; more than 7 are
#       charged.
package dbkeel.logging.performance_insights_retention

import data.dbkeel.lib.text

violations contains message if {
	input.performance_insights_retention_days < data.parameters.min_performance_insights_retention_days
	message := sprintf("keeps query load for %s; %s asks for %d", [
		text.counted(input.performance_insights_retention_days, "day"),
		data.baseline.tier,
		data.parameters.min_performance_insights_retention_days,
	])
}
