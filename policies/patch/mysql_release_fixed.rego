# METADATA
# title: MySQL is none of the releases with known remote flaws
# description: >-
#   Early releases of MySQL 5.5 and 5.6 can be crashed and taken over without a password. Nobody offers them any more, but a
#   server that was never upgraded still runs one.
# custom:
#   id: DBK-PAT-012
#   severity: medium
#   covers: [rds-mysql-known-vulnerable-version]
#   remediation:
#     text: Upgrade to a release in standard support; these are more than ten years old.
package dbkeel.patch.mysql_release_fixed

import data.dbkeel.lib.version

# The first release without the flaws, by major version. Source: control catalogue, row rds-mysql-known-vulnerable-version.
fixed := {"5.5": "5.5.40", "5.6": "5.6.21"}

release := object.get(fixed, input.engine_major_version, "")

violations contains message if {
	version.older(input.engine_version, release)
	message := sprintf("mysql %s has flaws that need no password; %s asks for %s or later", [
		input.engine_version,
		data.baseline.tier,
		release,
	])
}

not_applicable contains message if {
	input.engine != "mysql"
	message := sprintf("%s is not MySQL", [input.engine])
}

not_applicable contains message if {
	not version.precise(input.engine_version, release)
	message := sprintf("%s does not say which minor version runs", [input.engine_version])
}
