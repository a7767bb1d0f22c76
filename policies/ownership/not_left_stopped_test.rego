package dbkeel.ownership.not_left_stopped_test

import data.dbkeel.ownership.not_left_stopped

test_fails_when_it_is_stopped_a_day_too_long if {
	not_left_stopped.violations == {"has been stopped for 6 days; tier-1 asks for 5 days at the most"}
		with input as {"stopped_since": "2026-11-16T08:00:00Z"}
		with data.now as "2026-11-22T08:00:00Z"
		with data.parameters as {"max_stopped_days": 5}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_is_stopped_as_long_as_it_may_be if {
	count(not_left_stopped.violations) == 0
		with input as {"stopped_since": "2026-11-17T08:00:00Z"}
		with data.now as "2026-11-22T08:00:00Z"
		with data.parameters as {"max_stopped_days": 5}
		with data.baseline as {"tier": "tier-1"}
}
