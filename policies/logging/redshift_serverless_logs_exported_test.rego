package dbkeel.logging.redshift_serverless_logs_exported_test

import data.dbkeel.logging.redshift_serverless_logs_exported

test_fails_when_a_log_is_missing if {
	expected := "does not export its userlog log; tier-1 asks for connectionlog and userlog"
	redshift_serverless_logs_exported.violations == {expected}
		with input as {"engine": "redshift-serverless", "log_exports": ["connectionlog"]}
		with data.parameters as {"required_redshift_serverless_logs": ["connectionlog", "userlog"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_required_logs_and_others_are_exported if {
	redshift_serverless_logs_exported.violations == set()
		with input as {"engine": "redshift-serverless", "log_exports": ["connectionlog", "useractivitylog", "userlog"]}
		with data.parameters as {"required_redshift_serverless_logs": ["connectionlog", "userlog"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_no_log_is_required if {
	redshift_serverless_logs_exported.violations == set()
		with input as {"engine": "redshift-serverless", "log_exports": []}
		with data.parameters as {"required_redshift_serverless_logs": []}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_engine_is_another if {
	redshift_serverless_logs_exported.not_applicable == {"postgres is not Redshift Serverless"}
		with input as {"engine": "postgres", "log_exports": []}
		with data.parameters as {"required_redshift_serverless_logs": ["userlog"]}
		with data.baseline as {"tier": "tier-1"}
}

test_is_applicable_when_the_engine_is_redshift_serverless if {
	redshift_serverless_logs_exported.not_applicable == set()
		with input as {"engine": "redshift-serverless", "log_exports": []}
		with data.parameters as {"required_redshift_serverless_logs": ["userlog"]}
		with data.baseline as {"tier": "tier-1"}
}
