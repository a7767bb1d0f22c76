package dbkeel.retention.final_snapshot_test

import data.dbkeel.retention.final_snapshot

test_fails_when_the_final_snapshot_is_skipped if {
	final_snapshot.violations == {"would be deleted without a last snapshot; tier-1 asks for one"}
		with input as {"final_snapshot": false, "is_replica": false}
		with data.parameters as {"require_final_snapshot": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_a_final_snapshot_is_taken if {
	count(final_snapshot.violations) + count(final_snapshot.not_applicable) == 0
		with input as {"final_snapshot": true, "is_replica": false}
		with data.parameters as {"require_final_snapshot": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_it_is_a_replica if {
	final_snapshot.not_applicable == {"a replica; no final snapshot can be taken of it"}
		with input as {"final_snapshot": false, "is_replica": true}
		with data.parameters as {"require_final_snapshot": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_tier_does_not_ask if {
	final_snapshot.not_applicable == {"tier-3 does not ask for a final snapshot"}
		with input as {"final_snapshot": false, "is_replica": false}
		with data.parameters as {"require_final_snapshot": false}
		with data.baseline as {"tier": "tier-3"}
}
