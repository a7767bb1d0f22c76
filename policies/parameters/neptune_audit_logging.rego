# METADATA
# title: Neptune writes an audit log
# description: >-
#   Without the parameter the cluster writes no audit events at all, even when their export is on, and who read or
#   changed the graph cannot be found out afterwards.
# custom:
#   id: DBK-PAR-011
#   severity: medium
#   covers: [neptune-audit-logs-exported]
#   remediation:
#     terraform:
#       aws_neptune_cluster_parameter_group: {parameter: neptune_enable_audit_log = 1}
#     text: >-
#       Set it in the cluster's parameter group, reboot in a maintenance window, and export the audit log of the
#       cluster.
package dbkeel.parameters.neptune_audit_logging

not_applicable contains message if {
	input.engine != "neptune"
	message := sprintf("%s is not Neptune", [input.engine])
}

violations contains message if {
	input.parameters.neptune_enable_audit_log != "1"
	message := sprintf("writes no audit log (neptune_enable_audit_log is off); %s asks for one", [data.baseline.tier])
}
