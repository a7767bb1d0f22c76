package dbkeel.parameters.postgresql_tls_version_test

import data.dbkeel.parameters.postgresql_tls_version

test_fails_when_tls_1_1_is_the_oldest_version if {
	expected := concat(" ", [
		"speaks TLS older than 1.2 (ssl_min_protocol_version is \"tlsv1.1\");",
		"tier-1 asks for 1.2 or newer",
	])
	postgresql_tls_version.violations == {expected}
		with input as {"engine": "postgres", "parameters": {"ssl_min_protocol_version": "tlsv1.1"}}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_there_is_no_oldest_version if {
	count(postgresql_tls_version.violations) == 1
		with input as {"engine": "postgres", "parameters": {"ssl_min_protocol_version": ""}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_tls_1_2_is_the_oldest_version if {
	postgresql_tls_version.violations == set()
		with input as {"engine": "aurora-postgresql", "parameters": {"ssl_min_protocol_version": "tlsv1.2"}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_tls_1_3_is_the_oldest_version if {
	postgresql_tls_version.violations == set()
		with input as {"engine": "postgres", "parameters": {"ssl_min_protocol_version": "tlsv1.3"}}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_engine_is_another if {
	postgresql_tls_version.not_applicable == {"mysql is not PostgreSQL"}
		with input as {"engine": "mysql", "parameters": {"ssl_min_protocol_version": "tlsv1"}}
		with data.baseline as {"tier": "tier-1"}
}

test_is_applicable_when_the_engine_is_postgresql if {
	postgresql_tls_version.not_applicable == set()
		with input as {"engine": "postgres", "parameters": {"ssl_min_protocol_version": "tlsv1"}}
		with data.baseline as {"tier": "tier-1"}
}
