package dbkeel.logging.neptune_logs_exported_test

import data.dbkeel.logging.neptune_logs_exported

test_fails_when_a_log_is_missing if {
	neptune_logs_exported.violations == {"does not export its audit log; tier-1 asks for audit"}
		with input as {"engine": "neptune", "log_exports": ["slowquery"]}
		with data.parameters as {"required_neptune_logs": ["audit"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_every_log_is_exported if {
	count(neptune_logs_exported.violations) + count(neptune_logs_exported.not_applicable) == 0
		with input as {"engine": "neptune", "log_exports": ["audit", "slowquery"]}
		with data.parameters as {"required_neptune_logs": ["audit"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_no_log_is_asked_for if {
	count(neptune_logs_exported.violations) + count(neptune_logs_exported.not_applicable) == 0
		with input as {"engine": "neptune", "log_exports": []}
		with data.parameters as {"required_neptune_logs": []}
		with data.baseline as {"tier": "tier-3"}
}

test_not_applicable_when_it_is_another_engine if {
	neptune_logs_exported.not_applicable == {"docdb is not Neptune"}
		with input as {"engine": "docdb", "log_exports": []}
		with data.parameters as {"required_neptune_logs": ["audit"]}
		with data.baseline as {"tier": "tier-1"}
}
