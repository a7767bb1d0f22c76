package dbkeel.access.not_publicly_accessible_test

import data.dbkeel.access.not_publicly_accessible

test_fails_when_the_server_has_a_public_address if {
	not_publicly_accessible.violations == {"has a public address; tier-1 asks for private addresses only"}
		with input as {"publicly_accessible": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_server_has_private_addresses_only if {
	not_publicly_accessible.violations == set()
		with input as {"publicly_accessible": false}
		with data.baseline as {"tier": "tier-1"}
}
