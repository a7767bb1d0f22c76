# METADATA
# title: Aurora MySQL exports its audit log
# description: >-
#   The audit log tells who connected and what they changed. It is of use to an investigation only where it cannot be
#   altered from within the database.
# custom:
#   id: DBK-LOG-005
#   severity: medium
#   covers: [aurora-mysql-audit-log-exported]
#   parameters:
#     required_aurora_mysql_logs:
#       type: strings
#       default: [audit]
#       description: The logs that Aurora MySQL must export.
#   remediation:
#     terraform:
#       aws_rds_cluster: {enabled_cloudwatch_logs_exports: "{{ required_aurora_mysql_logs }}"}
#     text: >-
#       Export the logs; the audit log is written only with `server_audit_logging` on in the cluster parameter group.
package dbkeel.logging.aurora_mysql_logs_exported

import data.dbkeel.lib.logs

violations contains message if {
	message := logs.gap(data.parameters.required_aurora_mysql_logs, input.log_exports, data.baseline.tier)
}

not_applicable contains message if {
	input.engine != "aurora-mysql"
	message := sprintf("%s is not Aurora MySQL", [input.engine])
}
