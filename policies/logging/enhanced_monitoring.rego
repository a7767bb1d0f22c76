# METADATA
# title: Metrics of the operating system are collected
# description: >-
#   The standard metrics come from the hypervisor once a minute and know nothing of processes. Enhanced Monitoring shows
#   what used the memory, and the spikes between two minutes.
# custom:
#   id: DBK-LOG-010
#   severity: low
#   covers: [rds-enhanced-monitoring]
#   parameters:
#     max_monitoring_interval_seconds:
#       type: integer
#       unit: seconds
#       default: 60
#       minimum: 1
#       maximum: 60
#       description: The longest interval at which operating system metrics may be collected.
#   remediation:
#     terraform:
#       aws_db_instance: {monitoring_interval: "{{ max_monitoring_interval_seconds }}"}
#       aws_rds_cluster_instance: {monitoring_interval: "{{ max_monitoring_interval_seconds }}"}
#     text: >-
#       Set the monitoring interval (1, 5, 10, 15, 30 or 60 seconds) and a monitoring role; metrics are charged as logs.
package dbkeel.logging.enhanced_monitoring

import data.dbkeel.lib.text

violations contains message if {
	input.enhanced_monitoring_seconds == 0
	message := sprintf("collects no operating system metrics; %s asks for them every %s", [data.baseline.tier, limit])
}

violations contains message if {
	input.enhanced_monitoring_seconds > data.parameters.max_monitoring_interval_seconds
	message := sprintf("collects operating system metrics every %s; %s asks for every %s", [
		text.counted(input.enhanced_monitoring_seconds, "second"),
		data.baseline.tier,
		limit,
	])
}

limit := text.counted(data.parameters.max_monitoring_interval_seconds, "second")
