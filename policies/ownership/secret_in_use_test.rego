package dbkeel.ownership.secret_in_use_test

import data.dbkeel.ownership.secret_in_use

test_fails_when_it_is_unused_a_day_too_long if {
	secret_in_use.violations == {"has not been used for 91 days; tier-1 asks to remove it after 90 days"}
		with input as {"secret_last_used_at": "2026-08-23T00:00:00Z"}
		with data.now as "2026-11-22T08:00:00Z"
		with data.parameters as {"max_unused_secret_days": 90}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_was_used_just_in_time if {
	count(secret_in_use.violations) == 0
		with input as {"secret_last_used_at": "2026-08-24T00:00:00Z"}
		with data.now as "2026-11-22T08:00:00Z"
		with data.parameters as {"max_unused_secret_days": 90}
		with data.baseline as {"tier": "tier-1"}
}
