package dbkeel.logging.enhanced_monitoring_test

import data.dbkeel.logging.enhanced_monitoring

test_fails_when_monitoring_is_off if {
	message := "collects no operating system metrics; tier-1 asks for them every 60 seconds"
	enhanced_monitoring.violations == {message}
		with input as {"enhanced_monitoring_seconds": 0}
		with data.parameters as {"max_monitoring_interval_seconds": 60}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_the_interval_is_too_long if {
	message := "collects operating system metrics every 60 seconds; tier-1 asks for every 30 seconds"
	enhanced_monitoring.violations == {message}
		with input as {"enhanced_monitoring_seconds": 60}
		with data.parameters as {"max_monitoring_interval_seconds": 30}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_interval_is_the_longest_allowed if {
	count(enhanced_monitoring.violations) == 0
		with input as {"enhanced_monitoring_seconds": 60}
		with data.parameters as {"max_monitoring_interval_seconds": 60}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_interval_is_shorter if {
	count(enhanced_monitoring.violations) == 0
		with input as {"enhanced_monitoring_seconds": 1}
		with data.parameters as {"max_monitoring_interval_seconds": 60}
		with data.baseline as {"tier": "tier-1"}
}
