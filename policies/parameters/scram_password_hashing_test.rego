package dbkeel.parameters.scram_password_hashing_test

import data.dbkeel.parameters.scram_password_hashing

test_fails_when_new_passwords_are_stored_as_md5 if {
	expected := "stores new passwords as md5 (password_encryption); tier-1 asks for scram-sha-256"
	scram_password_hashing.violations == {expected}
		with input as {"engine": "postgres", "parameters": {"password_encryption": "md5"}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_new_passwords_are_stored_as_scram if {
	scram_password_hashing.violations == set()
		with input as {"engine": "aurora-postgresql", "parameters": {"password_encryption": "scram-sha-256"}}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_engine_is_another if {
	scram_password_hashing.not_applicable == {"mysql is not PostgreSQL"}
		with input as {"engine": "mysql", "parameters": {"password_encryption": "md5"}}
		with data.baseline as {"tier": "tier-1"}
}

test_is_applicable_when_the_engine_is_postgresql if {
	scram_password_hashing.not_applicable == set()
		with input as {"engine": "postgres", "parameters": {"password_encryption": "md5"}}
		with data.baseline as {"tier": "tier-1"}
}
