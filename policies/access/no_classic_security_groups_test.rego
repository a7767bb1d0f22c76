package dbkeel.access.no_classic_security_groups_test

import data.dbkeel.access.no_classic_security_groups

test_fails_when_one_is_left if {
	no_classic_security_groups.violations
		== {"is of EC2-Classic: office and vpn; tier-1 asks for security groups of a virtual network"}
		with input as {"classic_security_groups": ["office", "vpn"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_none_is_left if {
	count(no_classic_security_groups.violations) == 0
		with input as {"classic_security_groups": []}
		with data.baseline as {"tier": "tier-1"}
}
