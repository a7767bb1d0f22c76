package dbkeel.ownership.table_in_use_test

import data.dbkeel.ownership.table_in_use

test_fails_when_an_old_table_is_empty if {
	expected := "holds nothing, 31 days after it was made; tier-1 asks to clear such tables away after 30"
	table_in_use.violations == {expected}
		with input as {"item_count": 0, "created_at": "2026-01-01T00:00:00Z", "observed_at": "2026-02-01T00:00:00Z"}
		with data.parameters as {"max_empty_table_age_days": 30}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_an_empty_table_is_just_young_enough if {
	table_in_use.violations == set()
		with input as {"item_count": 0, "created_at": "2026-01-01T00:00:00Z", "observed_at": "2026-01-31T00:00:00Z"}
		with data.parameters as {"max_empty_table_age_days": 30}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_an_old_table_holds_something if {
	table_in_use.violations == set()
		with input as {"item_count": 1, "created_at": "2020-01-01T00:00:00Z", "observed_at": "2026-01-31T00:00:00Z"}
		with data.parameters as {"max_empty_table_age_days": 30}
		with data.baseline as {"tier": "tier-1"}
}
