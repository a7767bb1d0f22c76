# METADATA
# title: Redshift Serverless exports its audit logs
# description: >-
#   The log of connections and the log of users say who came in and whose rights were changed. What is not exported can
#   be read in the warehouse only, for some days, by whoever may log in there.
# custom:
#   id: DBK-LOG-024
#   severity: medium
#   covers: [redshift-serverless-namespace-hardening]
#   parameters:
#     required_redshift_serverless_logs:
#       type: strings
#       default: [connectionlog, userlog]
#       description: The logs that a namespace of Redshift Serverless must export.
#   remediation:
#     terraform:
#       aws_redshiftserverless_namespace: {log_exports: "{{ required_redshift_serverless_logs }}"}
#     text: Name the logs in the namespace; it takes effect at once, and ingested logs are charged.
package dbkeel.logging.redshift_serverless_logs_exported

import data.dbkeel.lib.logs

violations contains message if {
	message := logs.gap(data.parameters.required_redshift_serverless_logs, input.log_exports, data.baseline.tier)
}

not_applicable contains message if {
	input.engine != "redshift-serverless"
	message := sprintf("%s is not Redshift Serverless", [input.engine])
}
