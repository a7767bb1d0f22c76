package dbkeel.logging.postgresql_logs_exported_test

import data.dbkeel.logging.postgresql_logs_exported

test_fails_when_a_log_is_missing if {
	postgresql_logs_exported.violations == {"does not export its postgresql log; tier-1 asks for postgresql"}
		with input as {"engine": "postgres", "log_exports": ["upgrade"]}
		with data.parameters as {"required_postgresql_logs": ["postgresql"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_every_log_is_exported if {
	count(postgresql_logs_exported.violations) + count(postgresql_logs_exported.not_applicable) == 0
		with input as {"engine": "postgres", "log_exports": ["postgresql", "upgrade"]}
		with data.parameters as {"required_postgresql_logs": ["postgresql"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_no_log_is_asked_for if {
	count(postgresql_logs_exported.violations) + count(postgresql_logs_exported.not_applicable) == 0
		with input as {"engine": "postgres", "log_exports": []}
		with data.parameters as {"required_postgresql_logs": []}
		with data.baseline as {"tier": "tier-3"}
}

test_not_applicable_when_it_is_another_engine if {
	postgresql_logs_exported.not_applicable == {"mysql is not PostgreSQL"}
		with input as {"engine": "mysql", "log_exports": []}
		with data.parameters as {"required_postgresql_logs": ["postgresql"]}
		with data.baseline as {"tier": "tier-1"}
}
