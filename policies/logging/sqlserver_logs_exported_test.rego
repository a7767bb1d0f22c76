package dbkeel.logging.sqlserver_logs_exported_test

import data.dbkeel.logging.sqlserver_logs_exported

test_fails_when_a_log_is_missing if {
	sqlserver_logs_exported.violations == {"does not export its error log; tier-1 asks for error"}
		with input as {"engine": "sqlserver-se", "log_exports": ["agent"]}
		with data.parameters as {"required_sqlserver_logs": ["error"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_every_log_is_exported if {
	count(sqlserver_logs_exported.violations) + count(sqlserver_logs_exported.not_applicable) == 0
		with input as {"engine": "sqlserver-se", "log_exports": ["error"]}
		with data.parameters as {"required_sqlserver_logs": ["error"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_no_log_is_asked_for if {
	count(sqlserver_logs_exported.violations) + count(sqlserver_logs_exported.not_applicable) == 0
		with input as {"engine": "sqlserver-se", "log_exports": []}
		with data.parameters as {"required_sqlserver_logs": []}
		with data.baseline as {"tier": "tier-3"}
}

test_not_applicable_when_it_is_another_engine if {
	sqlserver_logs_exported.not_applicable == {"custom-sqlserver-se is not SQL Server on RDS"}
		with input as {"engine": "custom-sqlserver-se", "log_exports": []}
		with data.parameters as {"required_sqlserver_logs": ["error"]}
		with data.baseline as {"tier": "tier-1"}
}
