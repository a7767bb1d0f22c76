# METADATA
# title: Aurora PostgreSQL has the fix for reading local files
# description: >-
#   Six releases of Aurora PostgreSQL let a database user read files of the server that hosts it, among them
#   credentials of the provider.
# custom:
#   id: DBK-PAT-007
#   severity: high
#   covers: [aurora-postgres-local-file-read]
#   remediation:
#     text: Upgrade to Aurora PostgreSQL 10.14 or 11.9, or better to a major version in standard support.
package dbkeel.patch.local_file_read_fixed

import data.dbkeel.lib.version

# The releases with the flaw, and the first without it by major version.
# Source: control catalogue, row aurora-postgres-local-file-read.
flawed := {version.numbers(flaw) | some flaw in ["10.11", "10.12", "10.13", "11.6", "11.7", "11.8"]}

fixed := {"10": "10.14", "11": "11.9"}

release := object.get(fixed, input.engine_major_version, "")

violations contains message if {
	array.slice(version.numbers(input.engine_version), 0, 2) in flawed
	message := sprintf("Aurora PostgreSQL %s lets users read files of the server; %s asks for %s or later", [
		input.engine_version,
		data.baseline.tier,
		release,
	])
}

not_applicable contains message if {
	input.engine != "aurora-postgresql"
	message := sprintf("%s is not Aurora PostgreSQL", [input.engine])
}

not_applicable contains message if {
	not version.precise(input.engine_version, release)
	message := sprintf("%s does not say which minor version runs", [input.engine_version])
}
