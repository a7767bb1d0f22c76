package dbkeel.availability.deletion_protection_test

import data.dbkeel.availability.deletion_protection

test_fails_when_protection_is_off if {
	deletion_protection.violations == {"can be deleted by a single call; tier-1 asks for deletion protection"}
		with input as {"deletion_protection": false}
		with data.parameters as {"require_deletion_protection": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_protection_is_on if {
	count(deletion_protection.violations) == 0
		with input as {"deletion_protection": true}
		with data.parameters as {"require_deletion_protection": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_tier_does_not_ask if {
	deletion_protection.not_applicable == {"tier-3 does not ask for deletion protection"}
		with input as {"deletion_protection": false}
		with data.parameters as {"require_deletion_protection": false}
		with data.baseline as {"tier": "tier-3"}
}

test_applicable_when_the_tier_asks if {
	count(deletion_protection.not_applicable) == 0
		with input as {"deletion_protection": false}
		with data.parameters as {"require_deletion_protection": true}
		with data.baseline as {"tier": "tier-1"}
}
