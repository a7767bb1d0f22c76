# METADATA
# title: Aurora MySQL can be wound back in place
# description: >-
#   Backtrack undoes a bad deployment or a wrong `DELETE` within minutes and at the same endpoint, where a restore makes
#   a new cluster and takes hours.
# custom:
#   id: DBK-RET-006
#   severity: low
#   covers: [aurora-mysql-backtrack]
#   parameters:
#     min_backtrack_window_seconds:
#       type: integer
#       unit: seconds
#       default: 3600
#       minimum: 1
#       maximum: 259200
#       description: How far back the cluster must be able to go.
#   remediation:
#     terraform:
#       aws_rds_cluster: {backtrack_window: "{{ min_backtrack_window_seconds }}"}
#     text: >-
#       Set a backtrack window. It can only be turned on where a cluster is made, restored or cloned; change records are
#       charged by the hour.
package dbkeel.retention.backtrack

import data.dbkeel.lib.text

violations contains message if {
	input.backtrack_window_seconds < data.parameters.min_backtrack_window_seconds
	message := sprintf("%s; %s asks for %s", [
		reach(input.backtrack_window_seconds),
		data.baseline.tier,
		text.counted(data.parameters.min_backtrack_window_seconds, "second"),
	])
}

reach(0) := "cannot be wound back in place"

reach(seconds) := sprintf("can be wound back %s", [text.counted(seconds, "second")]) if seconds > 0

not_applicable contains message if {
	input.engine != "aurora-mysql"
	message := sprintf("%s cannot be wound back in place", [input.engine])
}

not_applicable contains "serverless clusters of the first kind cannot be wound back in place" if input.serverless_v1
