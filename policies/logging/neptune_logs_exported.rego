# METADATA
# title: Neptune exports its audit log
# description: >-
#   The audit log of Neptune records every request and who made it. Kept on the members only, it is rotated away.
# custom:
#   id: DBK-LOG-007
#   severity: medium
#   covers: [neptune-audit-logs-exported]
#   parameters:
#     required_neptune_logs:
#       type: strings
#       default: [audit]
#       description: The logs that Neptune must export.
#   remediation:
#     terraform:
#       aws_neptune_cluster: {enable_cloudwatch_logs_exports: "{{ required_neptune_logs }}"}
#     text: >-
#       Export the audit log, and set `neptune_enable_audit_log` in the cluster parameter group, without which it stays
#       empty.
package dbkeel.logging.neptune_logs_exported

import data.dbkeel.lib.logs

violations contains message if {
	message := logs.gap(data.parameters.required_neptune_logs, input.log_exports, data.baseline.tier)
}

not_applicable contains message if {
	input.engine != "neptune"
	message := sprintf("%s is not Neptune", [input.engine])
}
