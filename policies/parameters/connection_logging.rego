# METADATA
# title: PostgreSQL logs connections
# description: >-
#   The connection log is the only record of who logged in from where. After an incident it separates a list of
#   suspects from a guess.
# custom:
#   id: DBK-PAR-003
#   severity: medium
#   covers: [pg-log-connections, azpg-log-connections, gcpsql-pg-log-connections]
#   remediation:
#     terraform:
#       aws_db_parameter_group: {parameter: log_connections = 1}
#       aws_rds_cluster_parameter_group: {parameter: log_connections = 1}
#     text: >-
#       It takes effect for new connections, without a reboot. From PostgreSQL 18 on the value is a list of what to
#       log, such as authentication and authorization.
package dbkeel.parameters.connection_logging

import data.dbkeel.lib.engines

# The default is `off` up to PostgreSQL 17 and an empty list since 18.
off := {"0", ""}

not_applicable contains message if {
	not engines.is_postgresql(input.engine)
	message := sprintf("%s is not PostgreSQL", [input.engine])
}

violations contains message if {
	input.parameters.log_connections in off
	message := sprintf("does not log connections (log_connections is off); %s asks for it", [data.baseline.tier])
}
