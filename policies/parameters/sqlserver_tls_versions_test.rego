package dbkeel.parameters.sqlserver_tls_versions_test

import data.dbkeel.parameters.sqlserver_tls_versions

test_fails_when_tls_1_0_is_spoken if {
	sqlserver_tls_versions.violations == {"speaks TLS 1.0; tier-1 asks for TLS 1.2 or newer"}
		with input as {"engine": "sqlserver-se", "parameters": {"rds.tls10": "enabled", "rds.tls11": "disabled", "rds.tls12": "default"}}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_tls_1_1_is_left_at_the_default if {
	sqlserver_tls_versions.violations == {"speaks TLS 1.1; tier-1 asks for TLS 1.2 or newer"}
		with input as {"engine": "sqlserver-ee", "parameters": {"rds.tls10": "disabled", "rds.tls11": "default", "rds.tls12": "default"}}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_for_each_outdated_version if {
	count(sqlserver_tls_versions.violations) == 2
		with input as {"engine": "sqlserver-ex", "parameters": {"rds.tls10": "default", "rds.tls11": "default", "rds.tls12": "default"}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_both_are_disabled if {
	sqlserver_tls_versions.violations == set()
		with input as {"engine": "sqlserver-web", "parameters": {"rds.tls10": "disabled", "rds.tls11": "disabled", "rds.tls12": "default"}}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_engine_is_another if {
	sqlserver_tls_versions.not_applicable == {"postgres is not SQL Server"}
		with input as {"engine": "postgres", "parameters": {"rds.tls10": "default", "rds.tls11": "default", "rds.tls12": "default"}}
		with data.baseline as {"tier": "tier-1"}
}

test_is_applicable_when_the_engine_is_sql_server if {
	sqlserver_tls_versions.not_applicable == set()
		with input as {"engine": "sqlserver-se", "parameters": {"rds.tls10": "default", "rds.tls11": "default", "rds.tls12": "default"}}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_it_does_not_speak_tls_1_2 if {
	sqlserver_tls_versions.violations == {"does not speak TLS 1.2; tier-1 asks for it"}
		with input as {
			"engine": "sqlserver-se",
			"parameters": {"rds.tls10": "disabled", "rds.tls11": "disabled", "rds.tls12": "disabled"},
		}
		with data.baseline as {"tier": "tier-1"}
}
