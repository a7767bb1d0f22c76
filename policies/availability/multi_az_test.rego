package dbkeel.availability.multi_az_test

import data.dbkeel.availability.multi_az

test_fails_when_one_zone_holds_everything if {
	multi_az.violations == {"runs in one zone; tier-1 asks for a second that can take over"}
		with input as {"multi_az": false, "is_replica": false}
		with data.parameters as {"require_multi_az": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_a_second_zone_stands_ready if {
	count(multi_az.violations) == 0
		with input as {"multi_az": true, "is_replica": false}
		with data.parameters as {"require_multi_az": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_it_is_a_replica if {
	multi_az.not_applicable == {"a replica; its source is what fails over"}
		with input as {"multi_az": false, "is_replica": true}
		with data.parameters as {"require_multi_az": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_tier_does_not_ask if {
	multi_az.not_applicable == {"tier-3 does not ask for a second zone"}
		with input as {"multi_az": false, "is_replica": false}
		with data.parameters as {"require_multi_az": false}
		with data.baseline as {"tier": "tier-3"}
}

test_applicable_when_the_tier_asks_of_a_primary if {
	count(multi_az.not_applicable) == 0
		with input as {"multi_az": false, "is_replica": false}
		with data.parameters as {"require_multi_az": true}
		with data.baseline as {"tier": "tier-1"}
}
