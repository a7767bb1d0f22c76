# METADATA
# title: PostgreSQL stores new passwords as SCRAM
# description: >-
#   An MD5 hash is as good as the password to whoever reads it from a dump or a backup, and guessing the password from
#   it is cheap. SCRAM hashes are slow to guess, and of no use for logging in.
# custom:
#   id: DBK-PAR-004
#   severity: medium
#   covers: [pg-password-encryption-scram]
#   remediation:
#     terraform:
#       aws_db_parameter_group: {parameter: password_encryption = scram-sha-256}
#       aws_rds_cluster_parameter_group: {parameter: password_encryption = scram-sha-256}
#     text: >-
#       Make sure that the drivers know SCRAM, set the parameter, and let every user set the password again; stored
#       hashes stay as they are until then.
package dbkeel.parameters.scram_password_hashing

import data.dbkeel.lib.engines

not_applicable contains message if {
	not engines.is_postgresql(input.engine)
	message := sprintf("%s is not PostgreSQL", [input.engine])
}

violations contains message if {
	input.parameters.password_encryption != "scram-sha-256"
	message := sprintf("stores new passwords as %s (password_encryption); %s asks for scram-sha-256", [
		input.parameters.password_encryption,
		data.baseline.tier,
	])
}
