package dbkeel.logging.mariadb_logs_exported_test

import data.dbkeel.logging.mariadb_logs_exported

test_fails_when_a_log_is_missing if {
	mariadb_logs_exported.violations == {"does not export its audit and error logs; tier-1 asks for audit and error"}
		with input as {"engine": "mariadb", "log_exports": []}
		with data.parameters as {"required_mariadb_logs": ["audit", "error"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_every_log_is_exported if {
	count(mariadb_logs_exported.violations) + count(mariadb_logs_exported.not_applicable) == 0
		with input as {"engine": "mariadb", "log_exports": ["audit", "error", "general"]}
		with data.parameters as {"required_mariadb_logs": ["audit", "error"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_no_log_is_asked_for if {
	count(mariadb_logs_exported.violations) + count(mariadb_logs_exported.not_applicable) == 0
		with input as {"engine": "mariadb", "log_exports": []}
		with data.parameters as {"required_mariadb_logs": []}
		with data.baseline as {"tier": "tier-3"}
}

test_not_applicable_when_it_is_another_engine if {
	mariadb_logs_exported.not_applicable == {"mysql is not MariaDB"}
		with input as {"engine": "mysql", "log_exports": []}
		with data.parameters as {"required_mariadb_logs": ["audit", "error"]}
		with data.baseline as {"tier": "tier-1"}
}
