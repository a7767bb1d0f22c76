package dbkeel.retention.recent_recovery_point_test

import data.dbkeel.retention.recent_recovery_point

test_fails_when_the_latest_moment_is_too_old if {
	expected := "can be restored to 2026-11-21T08:00:00Z at the latest, 24 hours before it was looked at; tier-1 asks for less than 24 hours"
	recent_recovery_point.violations == {expected}
		with input as {"latest_restorable_time": "2026-11-21T08:00:00Z", "observed_at": "2026-11-22T08:00:00Z"}
		with data.parameters as {"max_recovery_point_age_hours": 24}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_latest_moment_is_just_recent_enough if {
	count(recent_recovery_point.violations) == 0
		with input as {"latest_restorable_time": "2026-11-21T08:00:01Z", "observed_at": "2026-11-22T08:00:00Z"}
		with data.parameters as {"max_recovery_point_age_hours": 24}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_moved_on_while_it_was_looked_at if {
	count(recent_recovery_point.violations) == 0
		with input as {"latest_restorable_time": "2026-11-22T08:00:07Z", "observed_at": "2026-11-22T08:00:00Z"}
		with data.parameters as {"max_recovery_point_age_hours": 24}
		with data.baseline as {"tier": "tier-1"}
}
