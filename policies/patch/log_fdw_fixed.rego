# METADATA
# title: PostgreSQL has the fix for log_fdw
# description: >-
#   AWS bulletin 2022-004: a user with the right to make foreign tables reads internal credentials of the provider
#   through the `log_fdw` extension.
# custom:
#   id: DBK-PAT-006
#   severity: high
#   covers: [rds-postgres-log-fdw-cve]
#   remediation:
#     text: Upgrade to a minor version with the fix, or better to a major version in standard support.
package dbkeel.patch.log_fdw_fixed

import data.dbkeel.lib.engines
import data.dbkeel.lib.version

# The first release with the fix, by major version; majors that are newer never had the flaw.
# Source: control catalogue, row rds-postgres-log-fdw-cve.
fixed := {
	"postgres 9.6": "9.6.22",
	"postgres 10": "10.17",
	"postgres 11": "11.12",
	"postgres 12": "12.7",
	"postgres 13": "13.3",
	"aurora-postgresql 10": "10.14",
	"aurora-postgresql 11": "11.9",
}

release := object.get(fixed, sprintf("%s %s", [input.engine, input.engine_major_version]), "")

violations contains message if {
	version.older(input.engine_version, release)
	message := sprintf("%s %s has the log_fdw flaw of AWS bulletin 2022-004; %s asks for %s or later", [
		input.engine,
		input.engine_version,
		data.baseline.tier,
		release,
	])
}

not_applicable contains message if {
	not engines.is_postgresql(input.engine)
	message := sprintf("%s is not PostgreSQL", [input.engine])
}

not_applicable contains message if {
	not version.precise(input.engine_version, release)
	message := sprintf("%s does not say which minor version runs", [input.engine_version])
}
