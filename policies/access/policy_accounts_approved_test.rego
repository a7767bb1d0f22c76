package dbkeel.access.policy_accounts_approved_test

import data.dbkeel.access.policy_accounts_approved

test_fails_when_an_account_is_not_approved if {
	expected := "lets account 999999999999 in by its policy; tier-1 asks for approved accounts only"
	policy_accounts_approved.violations == {expected}
		with input as {"policy_foreign_accounts": ["111122223333", "999999999999"]}
		with data.parameters as {"approved_accounts": ["111122223333"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_every_account_is_approved if {
	policy_accounts_approved.violations == set()
		with input as {"policy_foreign_accounts": ["111122223333"]}
		with data.parameters as {"approved_accounts": ["111122223333"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_no_other_account_is_let_in if {
	policy_accounts_approved.violations == set()
		with input as {"policy_foreign_accounts": []}
		with data.parameters as {"approved_accounts": []}
		with data.baseline as {"tier": "tier-1"}
}
