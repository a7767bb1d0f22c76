package dbkeel.access.resource_policy_not_public_test

import data.dbkeel.access.resource_policy_not_public

test_fails_when_everyone_is_let_in if {
	resource_policy_not_public.violations == {"has a policy that lets everyone in; tier-1 asks for named ones"}
		with input as {"policy_public": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_only_named_ones_are if {
	count(resource_policy_not_public.violations) == 0
		with input as {"policy_public": false}
		with data.baseline as {"tier": "tier-1"}
}
