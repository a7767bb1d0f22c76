package dbkeel.parameters.docdb_audit_logging_test

import data.dbkeel.parameters.docdb_audit_logging

test_fails_when_the_audit_log_is_disabled if {
	docdb_audit_logging.violations == {"writes no audit log (audit_logs is disabled); tier-1 asks for one"}
		with input as {"engine": "docdb", "parameters": {"audit_logs": "disabled"}}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_no_event_is_audited if {
	docdb_audit_logging.violations == {"writes no audit log (audit_logs is none); tier-1 asks for one"}
		with input as {"engine": "docdb", "parameters": {"audit_logs": "none"}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_audit_log_is_enabled if {
	docdb_audit_logging.violations == set()
		with input as {"engine": "docdb", "parameters": {"audit_logs": "enabled"}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_some_events_are_audited if {
	docdb_audit_logging.violations == set()
		with input as {"engine": "docdb", "parameters": {"audit_logs": "ddl,dml_write"}}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_engine_is_another if {
	docdb_audit_logging.not_applicable == {"aurora-mysql is not DocumentDB"}
		with input as {"engine": "aurora-mysql", "parameters": {"audit_logs": "disabled"}}
		with data.baseline as {"tier": "tier-1"}
}

test_is_applicable_when_the_engine_is_documentdb if {
	docdb_audit_logging.not_applicable == set()
		with input as {"engine": "docdb", "parameters": {"audit_logs": "disabled"}}
		with data.baseline as {"tier": "tier-1"}
}
