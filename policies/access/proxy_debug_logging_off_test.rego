package dbkeel.access.proxy_debug_logging_off_test

import data.dbkeel.access.proxy_debug_logging_off

test_fails_when_debug_logging_is_on if {
	proxy_debug_logging_off.violations == {"logs the text of SQL statements; tier-1 asks to keep debug logging off"}
		with input as {"proxy_debug_logging": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_debug_logging_is_off if {
	proxy_debug_logging_off.violations == set()
		with input as {"proxy_debug_logging": false}
		with data.baseline as {"tier": "tier-1"}
}
