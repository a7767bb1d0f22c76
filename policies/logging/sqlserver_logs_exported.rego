# METADATA
# title: SQL Server exports its error log
# description: >-
#   Failed logins, deadlocks and restarts go to the error log, which SQL Server starts anew and prunes by itself.
# custom:
#   id: DBK-LOG-008
#   severity: medium
#   covers: [rds-sqlserver-logs-exported]
#   parameters:
#     required_sqlserver_logs:
#       type: strings
#       default: [error]
#       description: The logs that SQL Server on RDS must export.
#   remediation:
#     terraform:
#       aws_db_instance: {enabled_cloudwatch_logs_exports: "{{ required_sqlserver_logs }}"}
#     text: Export the error log; editions other than Express have an `agent` log too.
package dbkeel.logging.sqlserver_logs_exported

import data.dbkeel.lib.logs

violations contains message if {
	message := logs.gap(data.parameters.required_sqlserver_logs, input.log_exports, data.baseline.tier)
}

not_applicable contains message if {
	not startswith(input.engine, "sqlserver-")
	message := sprintf("%s is not SQL Server on RDS", [input.engine])
}
