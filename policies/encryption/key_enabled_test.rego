package dbkeel.encryption.key_enabled_test

import data.dbkeel.encryption.key_enabled

test_fails_when_the_key_is_disabled if {
	key_enabled.violations == {"uses a key that is not enabled; tier-1 asks for a usable key"}
		with input as {"key_enabled": false}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_key_is_enabled if {
	key_enabled.violations == set()
		with input as {"key_enabled": true}
		with data.baseline as {"tier": "tier-1"}
}
