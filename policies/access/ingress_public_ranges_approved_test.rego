package dbkeel.access.ingress_public_ranges_approved_test

import data.dbkeel.access.ingress_public_ranges_approved

test_fails_when_a_public_range_is_not_approved if {
	expected := "lets in public addresses (198.51.100.0/24); tier-1 asks for approved ones only"
	ingress_public_ranges_approved.violations == {expected}
		with input as {"ingress_cidrs": ["10.0.0.0/16", "198.51.100.0/24", "203.0.113.8/32"]}
		with data.parameters as {"approved_ingress_cidrs": ["203.0.113.0/24"]}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_a_range_is_wider_than_the_approved_one if {
	count(ingress_public_ranges_approved.violations) == 1
		with input as {"ingress_cidrs": ["203.0.112.0/23"]}
		with data.parameters as {"approved_ingress_cidrs": ["203.0.113.0/24"]}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_an_ipv6_range_is_public if {
	count(ingress_public_ranges_approved.violations) == 1
		with input as {"ingress_cidrs": ["2001:db8::/48"]}
		with data.parameters as {"approved_ingress_cidrs": []}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_a_public_range_is_approved if {
	ingress_public_ranges_approved.violations == set()
		with input as {"ingress_cidrs": ["203.0.113.0/24"]}
		with data.parameters as {"approved_ingress_cidrs": ["203.0.113.0/24"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_only_private_ranges_are_let_in if {
	ingress_public_ranges_approved.violations == set()
		with input as {"ingress_cidrs": ["10.0.0.0/8", "172.31.0.0/16", "192.168.4.0/24", "fd00::/48"]}
		with data.parameters as {"approved_ingress_cidrs": []}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_open_ranges_are_left_to_ingress_not_open if {
	ingress_public_ranges_approved.violations == set()
		with input as {"ingress_cidrs": ["0.0.0.0/0", "::/0"]}
		with data.parameters as {"approved_ingress_cidrs": []}
		with data.baseline as {"tier": "tier-1"}
}
