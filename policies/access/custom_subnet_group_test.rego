package dbkeel.access.custom_subnet_group_test

import data.dbkeel.access.custom_subnet_group

test_fails_when_the_subnet_group_is_the_accounts_default if {
	custom_subnet_group.violations == {"is in the account's default subnet group; tier-1 asks for one of its own"}
		with input as {"subnet_group": "default"}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_subnet_group_is_named if {
	custom_subnet_group.violations == set()
		with input as {"subnet_group": "default-vpc-private"}
		with data.baseline as {"tier": "tier-1"}
}
