# METADATA
# title: The provider still offers the engine version
# description: >-
#   A version that the provider has withdrawn gets no more fixes, and a database that is lost with it cannot be made again
#   as it was. The provider upgrades what still runs it at a time of its own choosing.
# custom:
#   id: DBK-PAT-011
#   severity: high
#   covers: [rds-engine-version-available]
#   remediation:
#     text: >-
#       Upgrade to a version that the provider offers; the list of upgrade targets of the version names those that are
#       reached in one step.
package dbkeel.patch.engine_version_offered

violations contains message if {
	not input.engine_version_offered
	message := sprintf("runs %s %s, which the provider no longer offers; %s asks for a version that it does", [
		input.engine,
		input.engine_version,
		data.baseline.tier,
	])
}
