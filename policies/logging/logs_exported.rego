# METADATA
# title: Engine logs leave the server
# description: >-
#   Logs on the server are rotated away within days, are lost with it, and can be read by nobody who may not log in
#   there. Exported, they can be searched, kept and alarmed on.
# custom:
#   id: DBK-LOG-001
#   severity: medium
#   covers: [rds-instance-logs-exported, rds-cluster-logs-exported]
#   remediation:
#     text: >-
#       Name the engine's logs in `enabled_cloudwatch_logs_exports`, as far as the engine version offers them; those of a
#       replication group in a block `log_delivery_configuration` each. It takes effect at once; ingested logs are
#       charged.
package dbkeel.logging.logs_exported

violations contains message if {
	count(input.log_exports) == 0
	message := sprintf("exports no logs; %s asks for them", [data.baseline.tier])
}
