package dbkeel.access.secret_rotation_test

import data.dbkeel.access.secret_rotation

test_fails_when_a_secret_is_not_rotated if {
	secret_rotation.violations == {"the secret is not rotated; tier-1 asks for rotation"}
		with input as {"secret_rotation": false}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_every_secret_is_rotated if {
	secret_rotation.violations == set()
		with input as {"secret_rotation": true}
		with data.baseline as {"tier": "tier-1"}
}
