package dbkeel.parameters.mysql_tls_versions_test

import data.dbkeel.parameters.mysql_tls_versions

test_fails_when_tls_1_1_is_spoken if {
	mysql_tls_versions.violations == {"speaks tlsv1.1 (tls_version); tier-1 asks for TLS 1.2 or newer"}
		with input as {"engine": "mysql", "parameters": {"tls_version": "tlsv1.1,tlsv1.2"}}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_for_each_outdated_version if {
	count(mysql_tls_versions.violations) == 2
		with input as {"engine": "aurora-mysql", "parameters": {"tls_version": "tlsv1, tlsv1.1, tlsv1.2"}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_only_newer_versions_are_spoken if {
	mysql_tls_versions.violations == set()
		with input as {"engine": "mariadb", "parameters": {"tls_version": "tlsv1.2,tlsv1.3"}}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_engine_is_another if {
	mysql_tls_versions.not_applicable == {"postgres is not MySQL or MariaDB"}
		with input as {"engine": "postgres", "parameters": {"tls_version": "tlsv1"}}
		with data.baseline as {"tier": "tier-1"}
}

test_is_applicable_when_the_engine_is_mysql if {
	mysql_tls_versions.not_applicable == set()
		with input as {"engine": "mysql", "parameters": {"tls_version": "tlsv1"}}
		with data.baseline as {"tier": "tier-1"}
}
