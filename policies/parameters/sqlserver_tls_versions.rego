# METADATA
# title: SQL Server speaks TLS 1.2 or newer only
# description: >-
#   TLS 1.0 and 1.1 are broken, and a client that can be talked down to them is encrypted in name only. RDS leaves
#   both on until the parameter group disables them.
# custom:
#   id: DBK-PAR-007
#   severity: medium
#   covers: [rds-sqlserver-min-tls]
#   remediation:
#     terraform:
#       aws_db_parameter_group: {parameter: "rds.tls10 = disabled, rds.tls11 = disabled"}
#     text: >-
#       Make sure that every client and linked server speaks TLS 1.2, disable both, and reboot in a maintenance
#       window.
package dbkeel.parameters.sqlserver_tls_versions

import data.dbkeel.lib.engines

violations contains message if {
	input.parameters["rds.tls12"] == "disabled"
	message := sprintf("does not speak TLS 1.2; %s asks for it", [data.baseline.tier])
}

spoken contains "TLS 1.0" if input.parameters["rds.tls10"] != "disabled"

spoken contains "TLS 1.1" if input.parameters["rds.tls11"] != "disabled"

not_applicable contains message if {
	not engines.is_sqlserver(input.engine)
	message := sprintf("%s is not SQL Server", [input.engine])
}

violations contains message if {
	some version in spoken
	message := sprintf("speaks %s; %s asks for TLS 1.2 or newer", [version, data.baseline.tier])
}
