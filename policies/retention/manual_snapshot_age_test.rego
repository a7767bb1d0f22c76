package dbkeel.retention.manual_snapshot_age_test

import data.dbkeel.retention.manual_snapshot_age

test_fails_when_it_is_a_day_too_old if {
	manual_snapshot_age.violations == {"has been kept for 366 days; tier-1 asks for 365 days at the most"}
		with input as {"manual_snapshot": true, "snapshot_created_at": "2025-11-21T08:00:00Z"}
		with data.now as "2026-11-22T08:00:00Z"
		with data.parameters as {"max_manual_snapshot_age_days": 365}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_is_exactly_as_old_as_it_may_be if {
	count(manual_snapshot_age.violations) == 0
		with input as {"manual_snapshot": true, "snapshot_created_at": "2025-11-22T08:00:00Z"}
		with data.now as "2026-11-22T08:00:00Z"
		with data.parameters as {"max_manual_snapshot_age_days": 365}
		with data.baseline as {"tier": "tier-1"}
}

test_applicable_when_somebody_took_it if {
	count(manual_snapshot_age.not_applicable) == 0
		with input as {"manual_snapshot": true, "snapshot_created_at": "2025-11-22T08:00:00Z"}
}

test_not_applicable_when_it_is_automated if {
	manual_snapshot_age.not_applicable == {"an automated snapshot, which the provider deletes"}
		with input as {"manual_snapshot": false, "snapshot_created_at": "2025-11-22T08:00:00Z"}
}
