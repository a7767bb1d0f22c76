package dbkeel.access.key_policy_not_public_test

import data.dbkeel.access.key_policy_not_public

test_fails_when_everyone_may_use_the_key if {
	key_policy_not_public.violations
		== {"uses a key whose policy lets everyone use it; tier-1 asks for named ones"}
		with input as {"key_policy_public": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_only_named_ones_may if {
	count(key_policy_not_public.violations) == 0
		with input as {"key_policy_public": false}
		with data.baseline as {"tier": "tier-1"}
}
