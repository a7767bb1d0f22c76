package dbkeel.access.authentication_required_test

import data.dbkeel.access.authentication_required

test_fails_when_nobody_is_asked if {
	authentication_required.violations == {"serves whoever can reach it; tier-1 asks for users or a password"}
		with input as {"authentication_required": false}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_clients_are_asked if {
	authentication_required.violations == set()
		with input as {"authentication_required": true}
		with data.baseline as {"tier": "tier-1"}
}
