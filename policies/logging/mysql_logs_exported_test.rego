package dbkeel.logging.mysql_logs_exported_test

import data.dbkeel.logging.mysql_logs_exported

test_fails_when_a_log_is_missing if {
	mysql_logs_exported.violations == {"does not export its slowquery log; tier-1 asks for error and slowquery"}
		with input as {"engine": "mysql", "log_exports": ["error"]}
		with data.parameters as {"required_mysql_logs": ["error", "slowquery"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_every_log_is_exported if {
	count(mysql_logs_exported.violations) + count(mysql_logs_exported.not_applicable) == 0
		with input as {"engine": "mysql", "log_exports": ["error", "slowquery"]}
		with data.parameters as {"required_mysql_logs": ["error", "slowquery"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_no_log_is_asked_for if {
	count(mysql_logs_exported.violations) + count(mysql_logs_exported.not_applicable) == 0
		with input as {"engine": "mysql", "log_exports": []}
		with data.parameters as {"required_mysql_logs": []}
		with data.baseline as {"tier": "tier-3"}
}

test_not_applicable_when_it_is_another_engine if {
	mysql_logs_exported.not_applicable == {"mariadb is not MySQL"}
		with input as {"engine": "mariadb", "log_exports": []}
		with data.parameters as {"required_mysql_logs": ["error", "slowquery"]}
		with data.baseline as {"tier": "tier-1"}
}
