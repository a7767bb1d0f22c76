package dbkeel.ownership.blue_green_finished_test

import data.dbkeel.ownership.blue_green_finished

test_fails_when_it_is_a_day_too_old if {
	blue_green_finished.violations
		== {"has a blue/green deployment of 31 days ago; tier-1 asks to finish it within 30 days"}
		with input as {"blue_green_since": "2026-10-22T08:00:00Z"}
		with data.now as "2026-11-22T08:00:00Z"
		with data.parameters as {"max_blue_green_age_days": 30}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_is_exactly_as_old_as_it_may_be if {
	count(blue_green_finished.violations) == 0
		with input as {"blue_green_since": "2026-10-23T08:00:00Z"}
		with data.now as "2026-11-22T08:00:00Z"
		with data.parameters as {"max_blue_green_age_days": 30}
		with data.baseline as {"tier": "tier-1"}
}
