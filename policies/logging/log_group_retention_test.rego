package dbkeel.logging.log_group_retention_test

import data.dbkeel.logging.log_group_retention

test_fails_when_logs_are_kept_a_day_too_short if {
	log_group_retention.violations == {"keeps logs for 364 days; tier-1 asks for 365 days"}
		with input as {"log_retention_days": 364}
		with data.parameters as {"min_log_retention_days": 365, "max_log_retention_days": 731}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_logs_are_kept_just_long_enough if {
	count(log_group_retention.violations) == 0
		with input as {"log_retention_days": 365}
		with data.parameters as {"min_log_retention_days": 365, "max_log_retention_days": 731}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_logs_are_kept_for_ever_and_nothing_limits_that if {
	count(log_group_retention.violations) == 0
		with input as {"log_retention_days": 0}
		with data.parameters as {"min_log_retention_days": 365, "max_log_retention_days": 0}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_logs_are_kept_just_as_long_as_they_may_be if {
	count(log_group_retention.violations) == 0
		with input as {"log_retention_days": 731}
		with data.parameters as {"min_log_retention_days": 365, "max_log_retention_days": 731}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_logs_are_kept_longer_than_they_may_be if {
	log_group_retention.violations == {"keeps logs for 1096 days; tier-1 asks for 731 days at the most"}
		with input as {"log_retention_days": 1096}
		with data.parameters as {"min_log_retention_days": 365, "max_log_retention_days": 731}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_logs_are_kept_for_ever_against_a_limit if {
	log_group_retention.violations == {"keeps logs for ever; tier-1 asks for 731 days at the most"}
		with input as {"log_retention_days": 0}
		with data.parameters as {"min_log_retention_days": 365, "max_log_retention_days": 731}
		with data.baseline as {"tier": "tier-1"}
}
