package dbkeel.patch.no_overdue_maintenance_test

import data.dbkeel.patch.no_overdue_maintenance

test_fails_when_maintenance_is_overdue if {
	expected := "has db-upgrade and system-update waiting, which was to be forced 2026-11-21; tier-1 asks to make it before"
	no_overdue_maintenance.violations == {expected}
		with input as {
			"pending_maintenance": ["db-upgrade", "system-update"],
			"maintenance_forced_at": "2026-11-21T00:00:00Z",
		}
		with data.now as "2026-11-22T08:00:00Z"
		with data.parameters as {"warn_days_before_forced_maintenance": 0}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_maintenance_is_forced_a_day_too_soon if {
	expected := "has system-update waiting, which is forced 2026-12-05; tier-1 asks to make it 14 days before"
	no_overdue_maintenance.violations == {expected}
		with input as {"pending_maintenance": ["system-update"], "maintenance_forced_at": "2026-12-05T00:00:00Z"}
		with data.now as "2026-11-22T08:00:00Z"
		with data.parameters as {"warn_days_before_forced_maintenance": 14}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_there_are_exactly_enough_days_left if {
	count(no_overdue_maintenance.violations) == 0
		with input as {"pending_maintenance": ["system-update"], "maintenance_forced_at": "2026-12-06T00:00:00Z"}
		with data.now as "2026-11-22T08:00:00Z"
		with data.parameters as {"warn_days_before_forced_maintenance": 14}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_nothing_is_forced if {
	count(no_overdue_maintenance.violations) == 0
		with input as {"pending_maintenance": ["system-update"]}
		with data.now as "2026-11-22T08:00:00Z"
		with data.parameters as {"warn_days_before_forced_maintenance": 14}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_nothing_waits if {
	count(no_overdue_maintenance.violations) == 0
		with input as {"pending_maintenance": []}
		with data.now as "2026-11-22T08:00:00Z"
		with data.parameters as {"warn_days_before_forced_maintenance": 14}
		with data.baseline as {"tier": "tier-1"}
}
