package dbkeel.encryption.key_account_approved_test

import data.dbkeel.encryption.key_account_approved

test_fails_when_the_account_is_another if {
	key_account_approved.violations
		== {"uses a key of account 444455556666; tier-1 asks for one of 111122223333"}
		with input as {"storage_key": "arn:aws:kms:eu-west-1:444455556666:key/1", "customer_managed_key": true}
		with data.parameters as {"approved_key_accounts": ["111122223333"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_account_is_approved if {
	count(key_account_approved.violations) + count(key_account_approved.not_applicable) == 0
		with input as {"storage_key": "arn:aws:kms:eu-west-1:111122223333:key/1", "customer_managed_key": true}
		with data.parameters as {"approved_key_accounts": ["111122223333"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_key_is_the_providers_own if {
	count(key_account_approved.violations) == 0
		with input as {"storage_key": "arn:aws:kms:eu-west-1:444455556666:key/1", "customer_managed_key": false}
		with data.parameters as {"approved_key_accounts": ["111122223333"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_key_names_no_account if {
	count(key_account_approved.violations) == 0
		with input as {"storage_key": "alias/databases", "customer_managed_key": true}
		with data.parameters as {"approved_key_accounts": ["111122223333"]}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_every_account_is_approved if {
	key_account_approved.not_applicable == {"tier-2 approves keys of every account"}
		with input as {"storage_key": "arn:aws:kms:eu-west-1:444455556666:key/1", "customer_managed_key": true}
		with data.parameters as {"approved_key_accounts": []}
		with data.baseline as {"tier": "tier-2"}
}
