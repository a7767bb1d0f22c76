package dbkeel.availability.subnet_zones_test

import data.dbkeel.availability.subnet_zones

test_fails_when_all_subnets_lie_in_one_zone if {
	subnet_zones.violations == {"has subnets in 1 zone; tier-1 asks for 2"}
		with input as {"subnet_zones": ["eu-west-1a"]}
		with data.parameters as {"min_subnet_zones": 2}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_one_zone_is_missing if {
	subnet_zones.violations == {"has subnets in 2 zones; tier-1 asks for 3"}
		with input as {"subnet_zones": ["eu-west-1a", "eu-west-1b"]}
		with data.parameters as {"min_subnet_zones": 3}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_there_are_just_enough_zones if {
	count(subnet_zones.violations) == 0
		with input as {"subnet_zones": ["eu-west-1a", "eu-west-1b"]}
		with data.parameters as {"min_subnet_zones": 2}
		with data.baseline as {"tier": "tier-1"}
}
