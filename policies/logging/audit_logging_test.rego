package dbkeel.logging.audit_logging_test

import data.dbkeel.logging.audit_logging

test_fails_when_no_audit_logs_are_delivered if {
	audit_logging.violations == {"delivers no audit logs; tier-1 asks for them"}
		with input as {"audit_logging": false}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_they_are_delivered if {
	audit_logging.violations == set()
		with input as {"audit_logging": true}
		with data.baseline as {"tier": "tier-1"}
}
