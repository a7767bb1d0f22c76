package dbkeel.encryption.tls_required_test

import data.dbkeel.encryption.tls_required

test_fails_when_plain_connections_are_accepted if {
	tls_required.violations == {"accepts connections without TLS; tier-1 asks to refuse them"}
		with input as {"tls_required": false}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_plain_connections_are_refused if {
	tls_required.violations == set()
		with input as {"tls_required": true}
		with data.baseline as {"tier": "tier-1"}
}
