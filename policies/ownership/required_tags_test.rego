package dbkeel.ownership.required_tags_test

import data.dbkeel.ownership.required_tags

test_fails_when_a_tag_is_absent if {
	required_tags.violations == {"has no tag owner; tier-1 asks for it"}
		with input as {"tags": {"cost-centre": "4711"}}
		with data.parameters as {"required_tags": ["owner", "cost-centre"]}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_a_tag_has_no_value if {
	required_tags.violations == {"has no tag owner; tier-1 asks for it"}
		with input as {"tags": {"owner": " "}}
		with data.parameters as {"required_tags": ["owner"]}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_a_tag_is_written_in_another_case if {
	count(required_tags.violations) == 1
		with input as {"tags": {"Owner": "orders"}}
		with data.parameters as {"required_tags": ["owner"]}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_for_each_absent_tag if {
	count(required_tags.violations) == 2
		with input as {"tags": {}}
		with data.parameters as {"required_tags": ["owner", "cost-centre"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_every_tag_has_a_value if {
	required_tags.violations == set()
		with input as {"tags": {"owner": "orders", "cost-centre": "4711", "note": ""}}
		with data.parameters as {"required_tags": ["owner", "cost-centre"]}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_tier_asks_for_no_tags if {
	required_tags.not_applicable == {"tier-3 asks for no tags"}
		with input as {"tags": {}}
		with data.parameters as {"required_tags": []}
		with data.baseline as {"tier": "tier-3"}
}

test_is_applicable_when_the_tier_asks_for_tags if {
	required_tags.not_applicable == set()
		with input as {"tags": {}}
		with data.parameters as {"required_tags": ["owner"]}
		with data.baseline as {"tier": "tier-1"}
}
