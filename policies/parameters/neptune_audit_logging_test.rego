package dbkeel.parameters.neptune_audit_logging_test

import data.dbkeel.parameters.neptune_audit_logging

test_fails_when_the_audit_log_is_off if {
	neptune_audit_logging.violations == {"writes no audit log (neptune_enable_audit_log is off); tier-1 asks for one"}
		with input as {"engine": "neptune", "parameters": {"neptune_enable_audit_log": "0"}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_audit_log_is_on if {
	neptune_audit_logging.violations == set()
		with input as {"engine": "neptune", "parameters": {"neptune_enable_audit_log": "1"}}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_engine_is_another if {
	neptune_audit_logging.not_applicable == {"docdb is not Neptune"}
		with input as {"engine": "docdb", "parameters": {"neptune_enable_audit_log": "0"}}
		with data.baseline as {"tier": "tier-1"}
}

test_is_applicable_when_the_engine_is_neptune if {
	neptune_audit_logging.not_applicable == set()
		with input as {"engine": "neptune", "parameters": {"neptune_enable_audit_log": "0"}}
		with data.baseline as {"tier": "tier-1"}
}
