# METADATA
# title: The first database does not have the engine's default name
# description: >-
#   Whoever has found a password still has to name the database to log in to. The name that the provider gives when
#   nobody chooses is the first that is tried, and says that nobody chose.
# custom:
#   id: DBK-ACC-031
#   severity: low
#   covers: [redshift-custom-db-name, redshift-serverless-namespace-hardening]
#   remediation:
#     text: >-
#       The name is chosen when the warehouse is created; Terraform would replace it to change the name. Create a
#       second database under a name of its own, move the data there, and take the first one's rights away.
package dbkeel.access.database_name_not_default

import data.dbkeel.lib.engines

not_applicable contains message if {
	not engines.default_database_name(input.engine)
	message := sprintf("%s has no default name for databases", [input.engine])
}

violations contains message if {
	input.database_name == engines.default_database_name(input.engine)
	message := sprintf("the database is called %s, the default of %s; %s asks for a name of its own", [
		input.database_name,
		input.engine,
		data.baseline.tier,
	])
}
