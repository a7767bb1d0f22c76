# METADATA
# title: The proxy does not log the text of statements
# description: >-
#   Statements carry the data that they write and look for. With debug logging the proxy puts them into a log that
#   more people can read than the database, and that keeps them longer than anybody remembers.
# custom:
#   id: DBK-ACC-016
#   severity: low
#   covers: [rds-proxy-iam-auth]
#   remediation:
#     terraform:
#       aws_db_proxy: {debug_logging: "false"}
#     text: Turn debug logging off when the search for the fault is over, and delete what the log group has kept of it.
package dbkeel.access.proxy_debug_logging_off

violations contains message if {
	input.proxy_debug_logging == true
	message := sprintf("logs the text of SQL statements; %s asks to keep debug logging off", [data.baseline.tier])
}
