# METADATA
# title: Aurora MySQL writes an audit log
# description: >-
#   The audit log is the record of who connected and what they ran. Exporting it is no use while the engine does not
#   write it, and the engine writes nothing until it is told which events.
# custom:
#   id: DBK-PAR-009
#   severity: medium
#   covers: [aurora-mysql-audit-logging-on]
#   remediation:
#     terraform:
#       aws_rds_cluster_parameter_group: {parameter: "server_audit_logging = 1, server_audit_events = CONNECT,QUERY"}
#     text: >-
#       Set both in the cluster's parameter group; they take effect without a reboot. Export the audit log as well,
#       since the files on the server are rotated away.
package dbkeel.parameters.aurora_mysql_audit_logging

not_applicable contains message if {
	input.engine != "aurora-mysql"
	message := sprintf("%s is not Aurora MySQL", [input.engine])
}

violations contains message if {
	input.parameters.server_audit_logging != "1"
	message := sprintf("writes no audit log (server_audit_logging is off); %s asks for one", [data.baseline.tier])
}

violations contains message if {
	input.parameters.server_audit_logging == "1"
	input.parameters.server_audit_events == ""
	message := sprintf("writes an audit log of no events (server_audit_events is empty); %s asks for some", [
		data.baseline.tier,
	])
}
