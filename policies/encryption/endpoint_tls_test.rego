package dbkeel.encryption.endpoint_tls_test

import data.dbkeel.encryption.endpoint_tls

test_fails_when_connections_are_in_the_clear if {
	endpoint_tls.violations == {"is connected to without TLS; tier-1 asks for it"} with input as {"endpoint_tls": false}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_connections_use_tls if {
	count(endpoint_tls.violations) == 0 with input as {"endpoint_tls": true}
		with data.baseline as {"tier": "tier-1"}
}
