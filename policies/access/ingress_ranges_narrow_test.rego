package dbkeel.access.ingress_ranges_narrow_test

import data.dbkeel.access.ingress_ranges_narrow

test_fails_when_an_ipv4_range_is_wider_than_asked if {
	ingress_ranges_narrow.violations == {"lets in 10.0.0.0/15; tier-1 asks for ranges of /16 or narrower"}
		with input as {"ingress_cidrs": ["10.0.0.0/15", "10.8.0.0/24"]}
		with data.parameters as {"min_ingress_prefix_ipv4": 16, "min_ingress_prefix_ipv6": 44}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_an_ipv6_range_is_wider_than_asked if {
	ingress_ranges_narrow.violations == {"lets in fd00::/43; tier-1 asks for ranges of /44 or narrower"}
		with input as {"ingress_cidrs": ["fd00::/43"]}
		with data.parameters as {"min_ingress_prefix_ipv4": 16, "min_ingress_prefix_ipv6": 44}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_two_halves_make_the_internet if {
	count(ingress_ranges_narrow.violations) == 2
		with input as {"ingress_cidrs": ["0.0.0.0/1", "128.0.0.0/1"]}
		with data.parameters as {"min_ingress_prefix_ipv4": 16, "min_ingress_prefix_ipv6": 44}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_an_ipv4_range_is_exactly_as_narrow_as_asked if {
	ingress_ranges_narrow.violations == set()
		with input as {"ingress_cidrs": ["10.0.0.0/16", "10.8.0.0/24"]}
		with data.parameters as {"min_ingress_prefix_ipv4": 16, "min_ingress_prefix_ipv6": 44}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_an_ipv6_range_is_exactly_as_narrow_as_asked if {
	ingress_ranges_narrow.violations == set()
		with input as {"ingress_cidrs": ["fd00::/44"]}
		with data.parameters as {"min_ingress_prefix_ipv4": 16, "min_ingress_prefix_ipv6": 44}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_open_ranges_are_left_to_ingress_not_open if {
	ingress_ranges_narrow.violations == set()
		with input as {"ingress_cidrs": ["0.0.0.0/0", "::/0"]}
		with data.parameters as {"min_ingress_prefix_ipv4": 16, "min_ingress_prefix_ipv6": 44}
		with data.baseline as {"tier": "tier-1"}
}
