package dbkeel.change.final_snapshot_stays_test

import data.dbkeel.change.final_snapshot_stays

test_fails_when_the_plan_turns_it_off if {
	final_snapshot_stays.violations == {"the plan turns the final snapshot off; tier-1 asks to keep it"}
		with input as {"planned_action": "update", "final_snapshot": false, "before": {"final_snapshot": true}}
		with data.parameters as {"require_final_snapshot": true}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_a_replacement_does if {
	count(final_snapshot_stays.violations) == 1
		with input as {
			"planned_action": "create-then-delete",
			"final_snapshot": false,
			"before": {"final_snapshot": true},
		}
		with data.parameters as {"require_final_snapshot": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_stays if {
	count(final_snapshot_stays.violations) + count(final_snapshot_stays.not_applicable) == 0
		with input as {"planned_action": "update", "final_snapshot": true, "before": {"final_snapshot": true}}
		with data.parameters as {"require_final_snapshot": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_was_not_so_before if {
	count(final_snapshot_stays.violations) + count(final_snapshot_stays.not_applicable) == 0
		with input as {"planned_action": "update", "final_snapshot": false, "before": {"final_snapshot": false}}
		with data.parameters as {"require_final_snapshot": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_plan_turns_it_on if {
	count(final_snapshot_stays.violations) + count(final_snapshot_stays.not_applicable) == 0
		with input as {"planned_action": "update", "final_snapshot": true, "before": {"final_snapshot": false}}
		with data.parameters as {"require_final_snapshot": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_plan_does_nothing_to_it if {
	final_snapshot_stays.not_applicable == {"the plan does not change it"}
		with input as {"planned_action": "no-op", "final_snapshot": false, "before": {"final_snapshot": false}}
		with data.parameters as {"require_final_snapshot": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_tier_does_not_ask if {
	final_snapshot_stays.not_applicable == {"tier-3 does not ask for a final snapshot"}
		with input as {"planned_action": "update", "final_snapshot": false, "before": {"final_snapshot": true}}
		with data.parameters as {"require_final_snapshot": false}
		with data.baseline as {"tier": "tier-3"}
}
