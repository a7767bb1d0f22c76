# METADATA
# title: PostgreSQL exports its log
# description: >-
#   Errors, slow statements, logins and what pgaudit records all go to one log. Kept on the server only, it is gone
#   after three days.
# custom:
#   id: DBK-LOG-002
#   severity: medium
#   covers: [rds-postgres-logs-exported, aurora-postgres-logs-exported]
#   parameters:
#     required_postgresql_logs:
#       type: strings
#       default: [postgresql]
#       description: The logs that PostgreSQL must export.
#   remediation:
#     terraform:
#       aws_db_instance: {enabled_cloudwatch_logs_exports: "{{ required_postgresql_logs }}"}
#       aws_rds_cluster: {enabled_cloudwatch_logs_exports: "{{ required_postgresql_logs }}"}
#     text: Export the log named `postgresql`; `upgrade` holds what major upgrades report.
package dbkeel.logging.postgresql_logs_exported

import data.dbkeel.lib.engines
import data.dbkeel.lib.logs

violations contains message if {
	message := logs.gap(data.parameters.required_postgresql_logs, input.log_exports, data.baseline.tier)
}

not_applicable contains message if {
	not engines.is_postgresql(input.engine)
	message := sprintf("%s is not PostgreSQL", [input.engine])
}
