package dbkeel.access.secret_rotated_in_time_test

import data.dbkeel.access.secret_rotated_in_time

test_fails_when_the_rotation_comes_a_day_too_late if {
	secret_rotated_in_time.violations == {"is rotated every 91 days; tier-1 asks for 90 days at the most"}
		with input as {"rotation_period_days": 91, "secret_set_at": "2026-08-24T08:00:00Z"}
		with data.now as "2026-11-22T08:00:00Z"
		with data.parameters as {"max_secret_age_days": 90}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_the_last_rotation_is_a_day_too_long_ago if {
	secret_rotated_in_time.violations == {"was last rotated 91 days ago; tier-1 asks for 90 days at the most"}
		with input as {"rotation_period_days": 90, "secret_set_at": "2026-08-23T08:00:00Z"}
		with data.now as "2026-11-22T08:00:00Z"
		with data.parameters as {"max_secret_age_days": 90}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_both_are_just_in_time if {
	count(secret_rotated_in_time.violations) == 0
		with input as {"rotation_period_days": 90, "secret_set_at": "2026-08-24T08:00:00Z"}
		with data.now as "2026-11-22T08:00:00Z"
		with data.parameters as {"max_secret_age_days": 90}
		with data.baseline as {"tier": "tier-1"}
}
