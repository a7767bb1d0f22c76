package dbkeel.access.subnets_private_test

import data.dbkeel.access.subnets_private

test_fails_when_a_subnet_routes_to_the_internet if {
	expected := "may be placed in subnet-0a, which routes to the internet; tier-1 asks for private subnets"
	subnets_private.violations == {expected}
		with input as {"subnets_with_internet_route": ["subnet-0a"]}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_for_each_public_subnet if {
	count(subnets_private.violations) == 2
		with input as {"subnets_with_internet_route": ["subnet-0a", "subnet-0b"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_no_subnet_routes_to_the_internet if {
	subnets_private.violations == set()
		with input as {"subnets_with_internet_route": []}
		with data.baseline as {"tier": "tier-1"}
}
