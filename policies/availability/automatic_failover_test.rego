package dbkeel.availability.automatic_failover_test

import data.dbkeel.availability.automatic_failover

test_fails_when_nobody_takes_over if {
	automatic_failover.violations == {"stands still when its primary fails; tier-1 asks for a replica that takes over"}
		with input as {"automatic_failover": false, "is_replica": false}
		with data.parameters as {"require_automatic_failover": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_a_replica_takes_over if {
	count(automatic_failover.violations) + count(automatic_failover.not_applicable) == 0
		with input as {"automatic_failover": true, "is_replica": false}
		with data.parameters as {"require_automatic_failover": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_it_is_a_replica if {
	automatic_failover.not_applicable == {"a replica; its source is what fails over"}
		with input as {"automatic_failover": false, "is_replica": true}
		with data.parameters as {"require_automatic_failover": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_tier_does_not_ask if {
	automatic_failover.not_applicable == {"tier-3 does not ask for automatic failover"}
		with input as {"automatic_failover": false, "is_replica": false}
		with data.parameters as {"require_automatic_failover": false}
		with data.baseline as {"tier": "tier-3"}
}
