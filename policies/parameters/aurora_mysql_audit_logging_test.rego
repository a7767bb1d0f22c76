package dbkeel.parameters.aurora_mysql_audit_logging_test

import data.dbkeel.parameters.aurora_mysql_audit_logging

test_fails_when_the_audit_log_is_off if {
	expected := "writes no audit log (server_audit_logging is off); tier-1 asks for one"
	aurora_mysql_audit_logging.violations == {expected}
		with input as {
			"engine": "aurora-mysql",
			"parameters": {"server_audit_logging": "0", "server_audit_events": ""},
		}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_the_audit_log_has_no_events if {
	expected := "writes an audit log of no events (server_audit_events is empty); tier-1 asks for some"
	aurora_mysql_audit_logging.violations == {expected}
		with input as {
			"engine": "aurora-mysql",
			"parameters": {"server_audit_logging": "1", "server_audit_events": ""},
		}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_audit_log_has_events if {
	aurora_mysql_audit_logging.violations == set()
		with input as {
			"engine": "aurora-mysql",
			"parameters": {"server_audit_logging": "1", "server_audit_events": "connect,query"},
		}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_engine_is_another if {
	aurora_mysql_audit_logging.not_applicable == {"aurora-postgresql is not Aurora MySQL"}
		with input as {
			"engine": "aurora-postgresql",
			"parameters": {"server_audit_logging": "0", "server_audit_events": ""},
		}
		with data.baseline as {"tier": "tier-1"}
}

test_is_applicable_when_the_engine_is_aurora_mysql if {
	aurora_mysql_audit_logging.not_applicable == set()
		with input as {
			"engine": "aurora-mysql",
			"parameters": {"server_audit_logging": "0", "server_audit_events": ""},
		}
		with data.baseline as {"tier": "tier-1"}
}
