package dbkeel.availability.capacity_within_limits_test

import data.dbkeel.availability.capacity_within_limits

test_fails_when_more_is_set_aside_than_allowed if {
	expected := {
		"sets aside 101 units to be read; tier-1 allows 100",
		"sets aside 200 units to be written; tier-1 allows 100",
	}
	capacity_within_limits.violations == expected
		with input as {"read_capacity_units": 101, "write_capacity_units": 200}
		with data.parameters as {"max_table_capacity_units": 100}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_just_the_allowed_is_set_aside if {
	capacity_within_limits.violations == set()
		with input as {"read_capacity_units": 100, "write_capacity_units": 100}
		with data.parameters as {"max_table_capacity_units": 100}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_by_one_unit_to_be_read if {
	capacity_within_limits.violations == {"sets aside 101 units to be read; tier-1 allows 100"}
		with input as {"read_capacity_units": 101, "write_capacity_units": 100}
		with data.parameters as {"max_table_capacity_units": 100}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_by_one_unit_to_be_written if {
	capacity_within_limits.violations == {"sets aside 101 units to be written; tier-1 allows 100"}
		with input as {"read_capacity_units": 100, "write_capacity_units": 101}
		with data.parameters as {"max_table_capacity_units": 100}
		with data.baseline as {"tier": "tier-1"}
}
