package dbkeel.encryption.key_rotation_test

import data.dbkeel.encryption.key_rotation

test_fails_when_the_key_is_not_rotated if {
	key_rotation.violations == {"uses a key that is never rotated; tier-1 asks for automatic rotation"}
		with input as {"key_rotation": false}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_key_is_rotated if {
	key_rotation.violations == set()
		with input as {"key_rotation": true}
		with data.baseline as {"tier": "tier-1"}
}
