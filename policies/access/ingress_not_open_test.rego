package dbkeel.access.ingress_not_open_test

import data.dbkeel.access.ingress_not_open

test_fails_when_every_ipv4_address_is_let_in if {
	ingress_not_open.violations == {"lets in every address (0.0.0.0/0); tier-1 asks for named ranges"}
		with input as {"ingress_cidrs": ["0.0.0.0/0", "10.0.0.0/16"]}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_every_ipv6_address_is_let_in if {
	ingress_not_open.violations == {"lets in every address (::/0); tier-1 asks for named ranges"}
		with input as {"ingress_cidrs": ["::/0"]}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_for_each_open_range if {
	count(ingress_not_open.violations) == 2
		with input as {"ingress_cidrs": ["0.0.0.0/0", "::/0"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_only_named_ranges_are_let_in if {
	ingress_not_open.violations == set()
		with input as {"ingress_cidrs": ["0.0.0.0/1", "10.0.0.0/16", "fd00::/48"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_no_range_is_let_in if {
	ingress_not_open.violations == set()
		with input as {"ingress_cidrs": []}
		with data.baseline as {"tier": "tier-1"}
}
