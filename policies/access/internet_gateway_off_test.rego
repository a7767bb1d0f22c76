package dbkeel.access.internet_gateway_off_test

import data.dbkeel.access.internet_gateway_off

test_fails_when_it_is_on if {
	internet_gateway_off.violations
		== {"can be reached through the provider's internet gateway; tier-1 asks to turn it off"}
		with input as {"internet_access_gateway": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_is_off if {
	count(internet_gateway_off.violations) == 0
		with input as {"internet_access_gateway": false}
		with data.baseline as {"tier": "tier-1"}
}
