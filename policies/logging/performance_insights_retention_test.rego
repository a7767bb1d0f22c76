package dbkeel.logging.performance_insights_retention_test

import data.dbkeel.logging.performance_insights_retention

test_fails_when_query_load_is_kept_for_a_day_too_few if {
	performance_insights_retention.violations == {"keeps query load for 30 days; tier-1 asks for 31"}
		with input as {"performance_insights_retention_days": 30}
		with data.parameters as {"min_performance_insights_retention_days": 31}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_query_load_is_kept_exactly_long_enough if {
	count(performance_insights_retention.violations) == 0
		with input as {"performance_insights_retention_days": 31}
		with data.parameters as {"min_performance_insights_retention_days": 31}
		with data.baseline as {"tier": "tier-1"}
}
