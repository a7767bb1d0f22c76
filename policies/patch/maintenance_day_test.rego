package dbkeel.patch.maintenance_day_test

import data.dbkeel.patch.maintenance_day

test_fails_when_the_window_opens_on_another_day if {
	maintenance_day.violations == {"maintenance window fri:23:30-sat:00:30 opens on fri; tier-1 agreed on sat and sun"}
		with input as {"maintenance_window": "fri:23:30-sat:00:30"}
		with data.parameters as {"maintenance_days": ["sun", "sat"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_window_opens_on_an_agreed_day if {
	count(maintenance_day.violations) + count(maintenance_day.not_applicable) == 0
		with input as {"maintenance_window": "sun:23:30-mon:00:30"}
		with data.parameters as {"maintenance_days": ["sun", "sat"]}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_no_day_is_agreed_on if {
	maintenance_day.not_applicable == {"tier-2 agreed on no day"}
		with input as {"maintenance_window": "tue:03:00-tue:04:00"}
		with data.parameters as {"maintenance_days": []}
		with data.baseline as {"tier": "tier-2"}
}
