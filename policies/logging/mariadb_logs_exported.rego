# METADATA
# title: MariaDB exports its logs
# description: >-
#   The audit log tells who did what, the error log why the server restarted. Whoever can administer the server can
#   also do away with logs that stay on it.
# custom:
#   id: DBK-LOG-004
#   severity: medium
#   covers: [rds-mariadb-logs-exported]
#   parameters:
#     required_mariadb_logs:
#       type: strings
#       default: [audit, error]
#       description: The logs that MariaDB must export.
#   remediation:
#     terraform:
#       aws_db_instance: {enabled_cloudwatch_logs_exports: "{{ required_mariadb_logs }}"}
#     text: >-
#       Export the logs; the audit log is written only with the option `MARIADB_AUDIT_PLUGIN` in the option group.
package dbkeel.logging.mariadb_logs_exported

import data.dbkeel.lib.logs

violations contains message if {
	message := logs.gap(data.parameters.required_mariadb_logs, input.log_exports, data.baseline.tier)
}

not_applicable contains message if {
	input.engine != "mariadb"
	message := sprintf("%s is not MariaDB", [input.engine])
}
