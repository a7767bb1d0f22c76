package dbkeel.access.not_internet_reachable_test

import data.dbkeel.access.not_internet_reachable

test_fails_when_address_ingress_and_route_come_together if {
	expected := concat(" ", [
		"has a public address, lets in 0.0.0.0/0 and has a route to the internet;",
		"tier-1 asks to keep it off",
	])
	not_internet_reachable.violations == {expected}
		with input as {
			"publicly_accessible": true,
			"ingress_cidrs": ["0.0.0.0/0"],
			"subnets_with_internet_route": ["subnet-0a"],
		}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_only_named_ranges_are_let_in if {
	not_internet_reachable.violations == set()
		with input as {
			"publicly_accessible": true,
			"ingress_cidrs": ["203.0.113.0/24"],
			"subnets_with_internet_route": ["subnet-0a"],
		}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_no_subnet_routes_to_the_internet if {
	not_internet_reachable.violations == set()
		with input as {
			"publicly_accessible": true,
			"ingress_cidrs": ["::/0"],
			"subnets_with_internet_route": [],
		}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_it_has_no_public_address if {
	not_internet_reachable.not_applicable == {"has no public address"}
		with input as {
			"publicly_accessible": false,
			"ingress_cidrs": ["0.0.0.0/0"],
			"subnets_with_internet_route": ["subnet-0a"],
		}
		with data.baseline as {"tier": "tier-1"}
}

test_is_applicable_when_it_has_a_public_address if {
	not_internet_reachable.not_applicable == set()
		with input as {
			"publicly_accessible": true,
			"ingress_cidrs": [],
			"subnets_with_internet_route": [],
		}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_without_a_public_address if {
	not_internet_reachable.violations == set()
		with input as {
			"publicly_accessible": false,
			"ingress_cidrs": ["0.0.0.0/0"],
			"subnets_with_internet_route": ["subnet-0a"],
		}
		with data.baseline as {"tier": "tier-1"}
}
