package dbkeel.parameters.redshift_user_activity_logging_test

import data.dbkeel.parameters.redshift_user_activity_logging

test_fails_when_the_parameter_is_off if {
	expected := "does not log what users run (enable_user_activity_logging is off); tier-1 asks for it"
	redshift_user_activity_logging.violations == {expected}
		with input as {"engine": "redshift", "parameters": {"enable_user_activity_logging": "0"}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_parameter_is_on if {
	redshift_user_activity_logging.violations == set()
		with input as {"engine": "redshift", "parameters": {"enable_user_activity_logging": "1"}}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_engine_is_another if {
	redshift_user_activity_logging.not_applicable == {"postgres is not Redshift"}
		with input as {"engine": "postgres", "parameters": {"enable_user_activity_logging": "0"}}
		with data.baseline as {"tier": "tier-1"}
}

test_is_applicable_when_the_engine_is_redshift if {
	redshift_user_activity_logging.not_applicable == set()
		with input as {"engine": "redshift-serverless", "parameters": {"enable_user_activity_logging": "0"}}
		with data.baseline as {"tier": "tier-1"}
}
