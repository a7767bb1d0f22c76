package dbkeel.ownership.tier_declared_test

import data.dbkeel.ownership.tier_declared

test_fails_when_no_tag_names_the_tier if {
	expected := concat(" ", [
		"the database has no tag that names its tier (tier, criticality) and is judged as tier-2;",
		"the baseline asks for one",
	])
	tier_declared.violations == {expected}
		with input as {"tags": {"owner": "orders"}, "is_replica": false}
		with data.parameters as {"tier_tags": ["tier", "criticality"]}
		with data.baseline as {"tier": "tier-2"}
}

test_fails_when_the_tag_has_no_value if {
	count(tier_declared.violations) == 1
		with input as {"tags": {"tier": ""}, "is_replica": false}
		with data.parameters as {"tier_tags": ["tier", "criticality"]}
		with data.baseline as {"tier": "tier-2"}
}

test_fails_when_a_replica_has_no_tag if {
	expected := concat(" ", [
		"the replica has no tag that names its tier (tier) and is judged as tier-2;",
		"the baseline asks for one",
	])
	tier_declared.violations == {expected}
		with input as {"tags": {}, "is_replica": true}
		with data.parameters as {"tier_tags": ["tier"]}
		with data.baseline as {"tier": "tier-2"}
}

test_passes_when_one_of_the_tags_names_a_tier if {
	tier_declared.violations == set()
		with input as {"tags": {"criticality": "tier-1"}, "is_replica": false}
		with data.parameters as {"tier_tags": ["tier", "criticality"]}
		with data.baseline as {"tier": "tier-1"}
}
