package dbkeel.ownership.tier_declared_test

import data.dbkeel.ownership.tier_declared

test_fails_when_the_tag_is_absent if {
	expected := "the database has no tag tier and is judged as tier-2; the baseline asks for a declared tier"
	tier_declared.violations == {expected}
		with input as {"tags": {"owner": "orders"}, "is_replica": false}
		with data.parameters as {"tier_tag": "tier"}
		with data.baseline as {"tier": "tier-2"}
}

test_fails_when_the_tag_has_no_value if {
	count(tier_declared.violations) == 1
		with input as {"tags": {"tier": ""}, "is_replica": false}
		with data.parameters as {"tier_tag": "tier"}
		with data.baseline as {"tier": "tier-2"}
}

test_fails_when_a_replica_has_no_tag if {
	expected := "the replica has no tag tier and is judged as tier-2; the baseline asks for a declared tier"
	tier_declared.violations == {expected}
		with input as {"tags": {}, "is_replica": true}
		with data.parameters as {"tier_tag": "tier"}
		with data.baseline as {"tier": "tier-2"}
}

test_passes_when_the_tag_names_a_tier if {
	tier_declared.violations == set()
		with input as {"tags": {"criticality": "tier-1"}, "is_replica": false}
		with data.parameters as {"tier_tag": "criticality"}
		with data.baseline as {"tier": "tier-1"}
}
