package dbkeel.logging.logs_exported_test

import data.dbkeel.logging.logs_exported

test_fails_when_no_log_is_exported if {
	logs_exported.violations == {"exports no logs; tier-1 asks for them"}
		with input as {"log_exports": []}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_one_log_is_exported if {
	count(logs_exported.violations) == 0
		with input as {"log_exports": ["upgrade"]}
		with data.baseline as {"tier": "tier-1"}
}
