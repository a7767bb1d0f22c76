# METADATA
# title: Audit logs are delivered
# description: >-
#   Who connected, from where, and which users were made or changed is kept on a warehouse for some days only. A log that
#   is delivered outlives them, and outlives whoever would rather not have been seen.
# custom:
#   id: DBK-LOG-023
#   severity: medium
#   covers: [redshift-audit-logging]
#   remediation:
#     terraform:
#       aws_redshift_logging: {log_destination_type: cloudwatch, log_exports: "[connectionlog, userlog, useractivitylog]"}
#     text: >-
#       Deliver the logs to the log service, or to a bucket whose policy lets the warehouse write. It takes effect at
#       once; what users ran is among them only when the parameter `enable_user_activity_logging` is set.
package dbkeel.logging.audit_logging

violations contains message if {
	not input.audit_logging
	message := sprintf("delivers no audit logs; %s asks for them", [data.baseline.tier])
}
