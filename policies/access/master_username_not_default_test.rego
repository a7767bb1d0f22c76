package dbkeel.access.master_username_not_default_test

import data.dbkeel.access.master_username_not_default

test_fails_when_the_name_is_well_known if {
	expected := "the administrator is called postgres; tier-1 asks for a name that is not well known"
	master_username_not_default.violations == {expected}
		with input as {"master_username": "postgres"}
		with data.parameters as {"well_known_usernames": ["admin", "postgres"]}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_the_name_is_well_known_in_another_case if {
	count(master_username_not_default.violations) == 1
		with input as {"master_username": "Admin"}
		with data.parameters as {"well_known_usernames": ["admin", "postgres"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_name_merely_contains_a_well_known_one if {
	master_username_not_default.violations == set()
		with input as {"master_username": "orders_admin"}
		with data.parameters as {"well_known_usernames": ["admin", "postgres"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_no_name_is_listed if {
	master_username_not_default.violations == set()
		with input as {"master_username": "admin"}
		with data.parameters as {"well_known_usernames": []}
		with data.baseline as {"tier": "tier-1"}
}
