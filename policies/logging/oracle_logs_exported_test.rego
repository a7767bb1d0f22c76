package dbkeel.logging.oracle_logs_exported_test

import data.dbkeel.logging.oracle_logs_exported

test_fails_when_a_log_is_missing if {
	oracle_logs_exported.violations == {"does not export its audit log; tier-1 asks for alert and audit"}
		with input as {"engine": "oracle-ee", "log_exports": ["alert"]}
		with data.parameters as {"required_oracle_logs": ["alert", "audit"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_every_log_is_exported if {
	count(oracle_logs_exported.violations) + count(oracle_logs_exported.not_applicable) == 0
		with input as {"engine": "oracle-ee", "log_exports": ["alert", "audit", "listener"]}
		with data.parameters as {"required_oracle_logs": ["alert", "audit"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_no_log_is_asked_for if {
	count(oracle_logs_exported.violations) + count(oracle_logs_exported.not_applicable) == 0
		with input as {"engine": "oracle-ee", "log_exports": []}
		with data.parameters as {"required_oracle_logs": []}
		with data.baseline as {"tier": "tier-3"}
}

test_not_applicable_when_it_is_another_engine if {
	oracle_logs_exported.not_applicable == {"custom-oracle-ee is not Oracle on RDS"}
		with input as {"engine": "custom-oracle-ee", "log_exports": []}
		with data.parameters as {"required_oracle_logs": ["alert", "audit"]}
		with data.baseline as {"tier": "tier-1"}
}
