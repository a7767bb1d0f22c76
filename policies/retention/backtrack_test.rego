package dbkeel.retention.backtrack_test

import data.dbkeel.retention.backtrack

test_fails_when_backtrack_is_off if {
	backtrack.violations == {"cannot be wound back in place; tier-1 asks for 86400 seconds"}
		with input as {"engine": "aurora-mysql", "backtrack_window_seconds": 0, "serverless_v1": false}
		with data.parameters as {"min_backtrack_window_seconds": 86400}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_the_window_is_a_second_too_short if {
	backtrack.violations == {"can be wound back 3599 seconds; tier-1 asks for 3600 seconds"}
		with input as {"engine": "aurora-mysql", "backtrack_window_seconds": 3599, "serverless_v1": false}
		with data.parameters as {"min_backtrack_window_seconds": 3600}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_window_is_exactly_long_enough if {
	count(backtrack.violations) + count(backtrack.not_applicable) == 0
		with input as {"engine": "aurora-mysql", "backtrack_window_seconds": 3600, "serverless_v1": false}
		with data.parameters as {"min_backtrack_window_seconds": 3600}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_engine_has_no_backtrack if {
	backtrack.not_applicable == {"aurora-postgresql cannot be wound back in place"}
		with input as {"engine": "aurora-postgresql", "backtrack_window_seconds": 0, "serverless_v1": false}
		with data.parameters as {"min_backtrack_window_seconds": 3600}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_it_is_serverless if {
	backtrack.not_applicable == {"serverless clusters of the first kind cannot be wound back in place"}
		with input as {"engine": "aurora-mysql", "backtrack_window_seconds": 0, "serverless_v1": true}
		with data.parameters as {"min_backtrack_window_seconds": 3600}
		with data.baseline as {"tier": "tier-1"}
}
