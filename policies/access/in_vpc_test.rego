package dbkeel.access.in_vpc_test

import data.dbkeel.access.in_vpc

test_fails_when_it_is_outside if {
	in_vpc.violations == {"runs outside of any virtual network; tier-2 asks for one"}
		with input as {"in_vpc": false}
		with data.baseline as {"tier": "tier-2"}
}

test_passes_when_it_is_inside if {
	count(in_vpc.violations) == 0 with input as {"in_vpc": true} with data.baseline as {"tier": "tier-2"}
}
