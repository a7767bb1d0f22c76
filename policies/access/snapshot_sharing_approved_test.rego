package dbkeel.access.snapshot_sharing_approved_test

import data.dbkeel.access.snapshot_sharing_approved

test_fails_when_an_account_is_not_approved if {
	expected := "is shared with account 444455556666; tier-1 asks for approved accounts only"
	snapshot_sharing_approved.violations == {expected}
		with input as {"shared_with": ["111122223333", "444455556666"]}
		with data.parameters as {"approved_accounts": ["111122223333"]}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_no_account_is_approved if {
	count(snapshot_sharing_approved.violations) == 2
		with input as {"shared_with": ["111122223333", "444455556666"]}
		with data.parameters as {"approved_accounts": []}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_every_account_is_approved if {
	snapshot_sharing_approved.violations == set()
		with input as {"shared_with": ["111122223333"]}
		with data.parameters as {"approved_accounts": ["111122223333"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_is_not_shared if {
	snapshot_sharing_approved.violations == set()
		with input as {"shared_with": []}
		with data.parameters as {"approved_accounts": []}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_a_public_snapshot_is_left_to_snapshot_not_public if {
	snapshot_sharing_approved.violations == set()
		with input as {"shared_with": ["all"]}
		with data.parameters as {"approved_accounts": []}
		with data.baseline as {"tier": "tier-1"}
}
