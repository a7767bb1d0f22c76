package dbkeel.access.snapshot_not_public_test

import data.dbkeel.access.snapshot_not_public

test_fails_when_the_snapshot_is_public if {
	snapshot_not_public.violations == {"can be restored by everybody; tier-1 asks to share with named accounts only"}
		with input as {"shared_with": ["111122223333", "all"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_is_shared_with_named_accounts if {
	snapshot_not_public.violations == set()
		with input as {"shared_with": ["111122223333"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_is_not_shared if {
	snapshot_not_public.violations == set()
		with input as {"shared_with": []}
		with data.baseline as {"tier": "tier-1"}
}
