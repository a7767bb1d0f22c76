package dbkeel.ownership.tier_assigned_test

import data.dbkeel.ownership.tier_assigned

test_fails_when_no_entry_matches if {
	tier_assigned.violations == {"the database matches no entry of the baseline's assign and is judged as tier-1"}
		with input as {"tier_assigned": false, "is_replica": false}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_no_entry_matches_a_replica if {
	tier_assigned.violations == {"the replica matches no entry of the baseline's assign and is judged as tier-1"}
		with input as {"tier_assigned": false, "is_replica": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_an_entry_matches if {
	tier_assigned.violations == set()
		with input as {"tier_assigned": true, "is_replica": false}
		with data.baseline as {"tier": "tier-1"}
}
