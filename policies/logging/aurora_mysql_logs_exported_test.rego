package dbkeel.logging.aurora_mysql_logs_exported_test

import data.dbkeel.logging.aurora_mysql_logs_exported

test_fails_when_a_log_is_missing if {
	aurora_mysql_logs_exported.violations == {"does not export its audit log; tier-1 asks for audit"}
		with input as {"engine": "aurora-mysql", "log_exports": ["error"]}
		with data.parameters as {"required_aurora_mysql_logs": ["audit"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_every_log_is_exported if {
	count(aurora_mysql_logs_exported.violations) + count(aurora_mysql_logs_exported.not_applicable) == 0
		with input as {"engine": "aurora-mysql", "log_exports": ["audit"]}
		with data.parameters as {"required_aurora_mysql_logs": ["audit"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_no_log_is_asked_for if {
	count(aurora_mysql_logs_exported.violations) + count(aurora_mysql_logs_exported.not_applicable) == 0
		with input as {"engine": "aurora-mysql", "log_exports": []}
		with data.parameters as {"required_aurora_mysql_logs": []}
		with data.baseline as {"tier": "tier-3"}
}

test_not_applicable_when_it_is_another_engine if {
	aurora_mysql_logs_exported.not_applicable == {"mysql is not Aurora MySQL"}
		with input as {"engine": "mysql", "log_exports": []}
		with data.parameters as {"required_aurora_mysql_logs": ["audit"]}
		with data.baseline as {"tier": "tier-1"}
}
