# METADATA
# title: DocumentDB writes an audit log
# description: >-
#   Without the parameter the cluster writes no audit events at all, even when their export is on, and who read or
#   dropped a collection cannot be found out afterwards.
# custom:
#   id: DBK-PAR-010
#   severity: medium
#   covers: [docdb-audit-parameter]
#   remediation:
#     terraform:
#       aws_docdb_cluster_parameter_group: {parameter: audit_logs = enabled}
#     text: Set it in the cluster's parameter group, without a reboot, and export the audit log of the cluster.
package dbkeel.parameters.docdb_audit_logging

not_applicable contains message if {
	input.engine != "docdb"
	message := sprintf("%s is not DocumentDB", [input.engine])
}

violations contains message if {
	input.parameters.audit_logs in {"disabled", "none"}
	message := sprintf("writes no audit log (audit_logs is %s); %s asks for one", [
		input.parameters.audit_logs,
		data.baseline.tier,
	])
}
