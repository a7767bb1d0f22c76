# METADATA
# title: MySQL speaks TLS 1.2 or newer only
# description: >-
#   TLS 1.0 and 1.1 are broken, and a client that can be talked down to them is encrypted in name only. Every driver
#   of the last ten years speaks a newer version.
# custom:
#   id: DBK-PAR-006
#   severity: medium
#   covers: [my-tls-version]
#   remediation:
#     terraform:
#       aws_db_parameter_group: {parameter: "tls_version = TLSv1.2,TLSv1.3"}
#       aws_rds_cluster_parameter_group: {parameter: "tls_version = TLSv1.2,TLSv1.3"}
#     text: >-
#       Look at the status variable Ssl_version of the present sessions first; the parameter takes effect at the next
#       reboot.
package dbkeel.parameters.mysql_tls_versions

import data.dbkeel.lib.engines

outdated := {"tlsv1", "tlsv1.0", "tlsv1.1"}

not_applicable contains message if {
	not engines.is_mysql(input.engine)
	message := sprintf("%s is not MySQL or MariaDB", [input.engine])
}

violations contains message if {
	some version in split(input.parameters.tls_version, ",")
	trim_space(version) in outdated
	message := sprintf("speaks %s (tls_version); %s asks for TLS 1.2 or newer", [
		trim_space(version),
		data.baseline.tier,
	])
}
