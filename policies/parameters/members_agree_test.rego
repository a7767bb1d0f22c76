package dbkeel.parameters.members_agree_test

import data.dbkeel.parameters.members_agree

test_fails_when_they_differ if {
	members_agree.violations
		== {"its members differ in engine_version and publicly_accessible; tier-1 asks for members that are alike"}
		with input as {"member_differences": ["engine_version", "publicly_accessible"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_they_are_alike if {
	count(members_agree.violations) == 0
		with input as {"member_differences": []}
		with data.baseline as {"tier": "tier-1"}
}
