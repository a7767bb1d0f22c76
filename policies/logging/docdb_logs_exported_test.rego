package dbkeel.logging.docdb_logs_exported_test

import data.dbkeel.logging.docdb_logs_exported

test_fails_when_a_log_is_missing if {
	docdb_logs_exported.violations == {"does not export its profiler log; tier-1 asks for audit and profiler"}
		with input as {"engine": "docdb", "log_exports": ["audit"]}
		with data.parameters as {"required_docdb_logs": ["audit", "profiler"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_every_log_is_exported if {
	count(docdb_logs_exported.violations) + count(docdb_logs_exported.not_applicable) == 0
		with input as {"engine": "docdb", "log_exports": ["audit", "profiler"]}
		with data.parameters as {"required_docdb_logs": ["audit", "profiler"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_no_log_is_asked_for if {
	count(docdb_logs_exported.violations) + count(docdb_logs_exported.not_applicable) == 0
		with input as {"engine": "docdb", "log_exports": []}
		with data.parameters as {"required_docdb_logs": []}
		with data.baseline as {"tier": "tier-3"}
}

test_not_applicable_when_it_is_another_engine if {
	docdb_logs_exported.not_applicable == {"neptune is not DocumentDB"}
		with input as {"engine": "neptune", "log_exports": []}
		with data.parameters as {"required_docdb_logs": ["audit", "profiler"]}
		with data.baseline as {"tier": "tier-1"}
}
