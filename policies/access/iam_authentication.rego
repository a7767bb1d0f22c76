# METADATA
# title: Users can log in with the provider's identities
# description: >-
#   Logins by the provider's identities use tokens that live for minutes, end with the person's employment and are
#   logged centrally. Passwords are copied into files and outlive everybody who knew them.
# custom:
#   id: DBK-ACC-008
#   severity: medium
#   covers: [rds-instance-iam-auth, rds-cluster-iam-auth, neptune-iam-auth]
#   remediation:
#     terraform:
#       aws_db_instance: {iam_database_authentication_enabled: "true"}
#       aws_rds_cluster: {iam_database_authentication_enabled: "true"}
#       aws_neptune_cluster: {iam_database_authentication_enabled: "true"}
#     text: >-
#       Turn it on, then move users over one by one; passwords keep working meanwhile. Neptune is the exception, where
#       every request must be signed from then on.
package dbkeel.access.iam_authentication

import data.dbkeel.lib.engines

is_supported(engine) if engines.is_mysql(engine)

is_supported(engine) if engines.is_postgresql(engine)

is_supported(engine) if engine == "neptune"

not_applicable contains message if {
	not is_supported(input.engine)
	message := sprintf("%s cannot log users in with the provider's identities", [input.engine])
}

violations contains message if {
	input.iam_authentication == false
	message := sprintf("does not log users in with the provider's identities; %s asks for it", [data.baseline.tier])
}
