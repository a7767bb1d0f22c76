# METADATA
# title: Oracle exports its logs
# description: >-
#   The alert log tells of corruption and failed archiving before users notice; the audit files tell who did what. Both
#   are deleted from the server after a week.
# custom:
#   id: DBK-LOG-009
#   severity: medium
#   covers: []
#   parameters:
#     required_oracle_logs:
#       type: strings
#       default: [alert, audit]
#       description: The logs that Oracle on RDS must export.
#   remediation:
#     terraform:
#       aws_db_instance: {enabled_cloudwatch_logs_exports: "{{ required_oracle_logs }}"}
#     text: Export the logs; audit files are written only with `audit_trail` set to `os` or `xml`.
package dbkeel.logging.oracle_logs_exported

import data.dbkeel.lib.logs

violations contains message if {
	message := logs.gap(data.parameters.required_oracle_logs, input.log_exports, data.baseline.tier)
}

not_applicable contains message if {
	not startswith(input.engine, "oracle-")
	message := sprintf("%s is not Oracle on RDS", [input.engine])
}
