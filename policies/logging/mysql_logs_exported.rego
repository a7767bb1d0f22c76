# METADATA
# title: MySQL exports its logs
# description: >-
#   The error log tells why the server restarted, the slow query log what it was busy with. On the server they are
#   deleted by age and by size, soonest when there is most to see.
# custom:
#   id: DBK-LOG-003
#   severity: medium
#   covers: []
#   parameters:
#     required_mysql_logs:
#       type: strings
#       default: [error, slowquery]
#       description: The logs that MySQL must export.
#   remediation:
#     terraform:
#       aws_db_instance: {enabled_cloudwatch_logs_exports: "{{ required_mysql_logs }}"}
#       aws_rds_cluster: {enabled_cloudwatch_logs_exports: "{{ required_mysql_logs }}"}
#     text: >-
#       Export the logs; slow queries are written only with `slow_query_log` on and `log_output` set to `FILE`, and an
#       audit log only with the option `MARIADB_AUDIT_PLUGIN`.
package dbkeel.logging.mysql_logs_exported

import data.dbkeel.lib.logs

violations contains message if {
	message := logs.gap(data.parameters.required_mysql_logs, input.log_exports, data.baseline.tier)
}

not_applicable contains message if {
	input.engine != "mysql"
	message := sprintf("%s is not MySQL", [input.engine])
}
