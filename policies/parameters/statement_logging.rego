# METADATA
# title: PostgreSQL logs changes of the schema and slow statements
# description: >-
#   When a table is gone or the database crawls, the log says who ran what and when. The defaults log neither, and
#   what was not logged cannot be found out afterwards.
# custom:
#   id: DBK-PAR-002
#   severity: low
#   covers: [rds-postgres-query-logging]
#   parameters:
#     log_statement_levels:
#       type: strings
#       default: [ddl, mod, all]
#       values: [none, ddl, mod, all]
#       description: The values of log_statement that are good enough.
#   remediation:
#     terraform:
#       aws_db_parameter_group: {parameter: "log_statement = ddl, log_min_duration_statement = 1000"}
#       aws_rds_cluster_parameter_group: {parameter: "log_statement = ddl, log_min_duration_statement = 1000"}
#     text: >-
#       Both take effect without a reboot. Statements in the log carry their data, so choose a threshold that few of
#       them pass, and keep the log as closed as the database.
package dbkeel.parameters.statement_logging

import data.dbkeel.lib.engines

not_applicable contains message if {
	not engines.is_postgresql(input.engine)
	message := sprintf("%s is not PostgreSQL", [input.engine])
}

violations contains message if {
	not input.parameters.log_statement in data.parameters.log_statement_levels
	message := sprintf("logs statements at level %s (log_statement); %s asks for one of %s", [
		input.parameters.log_statement,
		data.baseline.tier,
		concat(", ", data.parameters.log_statement_levels),
	])
}

violations contains message if {
	startswith(input.parameters.log_min_duration_statement, "-")
	message := sprintf("does not log slow statements (log_min_duration_statement is %s); %s asks for a threshold", [
		input.parameters.log_min_duration_statement,
		data.baseline.tier,
	])
}
