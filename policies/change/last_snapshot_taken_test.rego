package dbkeel.change.last_snapshot_taken_test

import data.dbkeel.change.last_snapshot_taken

test_fails_when_the_plan_deletes_everything if {
	message := "the plan destroys it without a final snapshot and deletes its automated backups; tier-1 asks for one"
	last_snapshot_taken.violations == {message}
		with input as {
			"planned_action": "delete",
			"before": {"final_snapshot": false, "keeps_automated_backups": false, "is_replica": false},
		}
		with data.parameters as {"require_final_snapshot": true}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_only_automated_backups_stay if {
	message := "the plan destroys it without a final snapshot, though automated backups stay; tier-1 asks for one"
	last_snapshot_taken.violations == {message}
		with input as {
			"planned_action": "create-then-delete",
			"before": {"final_snapshot": false, "keeps_automated_backups": true, "is_replica": false},
		}
		with data.parameters as {"require_final_snapshot": true}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_nothing_tells_of_automated_backups if {
	last_snapshot_taken.violations == {"the plan destroys it without a final snapshot; tier-1 asks for one"}
		with input as {"planned_action": "delete", "before": {"final_snapshot": false, "is_replica": false}}
		with data.parameters as {"require_final_snapshot": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_a_final_snapshot_is_taken if {
	count(last_snapshot_taken.violations) + count(last_snapshot_taken.not_applicable) == 0
		with input as {
			"planned_action": "delete",
			"before": {"final_snapshot": true, "keeps_automated_backups": false, "is_replica": false},
		}
		with data.parameters as {"require_final_snapshot": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_plan_updates_it if {
	last_snapshot_taken.not_applicable == {"the plan does not destroy it"}
		with input as {
			"planned_action": "update",
			"before": {"final_snapshot": false, "keeps_automated_backups": false, "is_replica": false},
		}
		with data.parameters as {"require_final_snapshot": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_it_is_a_replica if {
	last_snapshot_taken.not_applicable == {"a replica; the data stays with its source"}
		with input as {
			"planned_action": "delete",
			"before": {"final_snapshot": false, "keeps_automated_backups": false, "is_replica": true},
		}
		with data.parameters as {"require_final_snapshot": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_tier_does_not_ask if {
	last_snapshot_taken.not_applicable == {"tier-3 does not ask for a final snapshot"}
		with input as {
			"planned_action": "delete",
			"before": {"final_snapshot": false, "keeps_automated_backups": false, "is_replica": false},
		}
		with data.parameters as {"require_final_snapshot": false}
		with data.baseline as {"tier": "tier-3"}
}
