package dbkeel.access.data_api_off_test

import data.dbkeel.access.data_api_off

test_fails_when_the_data_api_is_on if {
	data_api_off.violations == {"takes SQL over the provider's HTTP API; tier-1 asks to keep it off"}
		with input as {"data_api": true}
		with data.parameters as {"allow_data_api": false}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_data_api_is_off if {
	data_api_off.violations == set()
		with input as {"data_api": false}
		with data.parameters as {"allow_data_api": false}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_tier_allows_it if {
	data_api_off.not_applicable == {"tier-3 allows the data API"}
		with input as {"data_api": true}
		with data.parameters as {"allow_data_api": true}
		with data.baseline as {"tier": "tier-3"}
}

test_is_applicable_when_the_tier_does_not_allow_it if {
	data_api_off.not_applicable == set()
		with input as {"data_api": true}
		with data.parameters as {"allow_data_api": false}
		with data.baseline as {"tier": "tier-1"}
}
