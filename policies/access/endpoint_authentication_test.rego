package dbkeel.access.endpoint_authentication_test

import data.dbkeel.access.endpoint_authentication

test_fails_when_nobody_logs_in if {
	endpoint_authentication.violations == {"is connected to without logging in; tier-1 asks for a user"}
		with input as {"endpoint_authentication": false}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_migration_logs_in if {
	count(endpoint_authentication.violations) == 0 with input as {"endpoint_authentication": true}
		with data.baseline as {"tier": "tier-1"}
}
