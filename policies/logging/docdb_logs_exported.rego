# METADATA
# title: DocumentDB exports its logs
# description: >-
#   DocumentDB has no logs on a server to look at: what is not exported, nobody will ever see. The audit log tells who
#   did what, the profiler log which operations were slow.
# custom:
#   id: DBK-LOG-006
#   severity: medium
#   covers: [docdb-logs-exported, docdb-profiler]
#   parameters:
#     required_docdb_logs:
#       type: strings
#       default: [audit, profiler]
#       description: The logs that DocumentDB must export.
#   remediation:
#     terraform:
#       aws_docdb_cluster: {enabled_cloudwatch_logs_exports: "{{ required_docdb_logs }}"}
#     text: >-
#       Export the logs, and turn on `audit_logs` and `profiler` in the cluster parameter group, without which they stay
#       empty.
package dbkeel.logging.docdb_logs_exported

import data.dbkeel.lib.logs

violations contains message if {
	message := logs.gap(data.parameters.required_docdb_logs, input.log_exports, data.baseline.tier)
}

not_applicable contains message if {
	input.engine != "docdb"
	message := sprintf("%s is not DocumentDB", [input.engine])
}
