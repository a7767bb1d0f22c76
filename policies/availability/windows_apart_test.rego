package dbkeel.availability.windows_apart_test

import data.dbkeel.availability.windows_apart

test_fails_when_the_windows_share_a_minute if {
	concat("", windows_apart.violations) == concat("", [
		"maintenance window sun:04:00-sun:05:00 overlaps backup window 03:31-04:01; ",
		"tier-1 asks to keep them apart",
	])
		with input as {"maintenance_window": "sun:04:00-sun:05:00", "backup_window": "03:31-04:01"}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_one_ends_as_the_other_begins if {
	count(windows_apart.violations) == 0
		with input as {"maintenance_window": "sun:04:00-sun:05:00", "backup_window": "03:30-04:00"}
		with data.baseline as {"tier": "tier-1"}
}
