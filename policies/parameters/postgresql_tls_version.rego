# METADATA
# title: PostgreSQL speaks TLS 1.2 or newer only
# description: >-
#   TLS 1.0 and 1.1 are broken, and a client that can be talked down to them is encrypted in name only. Every driver
#   of the last ten years speaks a newer version.
# custom:
#   id: DBK-PAR-005
#   severity: medium
#   covers: [pg-ssl-min-version, azpg-min-tls]
#   remediation:
#     terraform:
#       aws_db_parameter_group: {parameter: ssl_min_protocol_version = TLSv1.2}
#       aws_rds_cluster_parameter_group: {parameter: ssl_min_protocol_version = TLSv1.2}
#     text: >-
#       Look at the protocol versions of the present connections in pg_stat_ssl first; the parameter takes effect for
#       new ones, without a reboot.
package dbkeel.parameters.postgresql_tls_version

import data.dbkeel.lib.engines

# An empty value sets no floor.
outdated := {"tlsv1", "tlsv1.1", ""}

not_applicable contains message if {
	not engines.is_postgresql(input.engine)
	message := sprintf("%s is not PostgreSQL", [input.engine])
}

violations contains message if {
	input.parameters.ssl_min_protocol_version in outdated
	message := sprintf("speaks TLS older than 1.2 (ssl_min_protocol_version is \"%s\"); %s asks for 1.2 or newer", [
		input.parameters.ssl_min_protocol_version,
		data.baseline.tier,
	])
}
