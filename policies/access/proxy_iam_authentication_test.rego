package dbkeel.access.proxy_iam_authentication_test

import data.dbkeel.access.proxy_iam_authentication

test_fails_when_a_login_takes_passwords if {
	proxy_iam_authentication.violations == {"takes passwords from clients; tier-1 asks for the provider's identities"}
		with input as {"proxy_iam_authentication": false}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_every_login_requires_the_providers_identities if {
	proxy_iam_authentication.violations == set()
		with input as {"proxy_iam_authentication": true}
		with data.baseline as {"tier": "tier-1"}
}
