package dbkeel.change.stays_private_test

import data.dbkeel.change.stays_private

test_fails_when_the_plan_makes_it_public if {
	stays_private.violations == {"the plan gives it a public address; tier-1 asks to keep it private"}
		with input as {
			"planned_action": "update",
			"publicly_accessible": true,
			"before": {"publicly_accessible": false},
		}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_a_replacement_does if {
	count(stays_private.violations) == 1
		with input as {
			"planned_action": "create-then-delete",
			"publicly_accessible": true,
			"before": {"publicly_accessible": false},
		}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_stays if {
	count(stays_private.violations) + count(stays_private.not_applicable) == 0
		with input as {
			"planned_action": "update",
			"publicly_accessible": false,
			"before": {"publicly_accessible": false},
		}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_was_not_so_before if {
	count(stays_private.violations) + count(stays_private.not_applicable) == 0
		with input as {"planned_action": "update", "publicly_accessible": true, "before": {"publicly_accessible": true}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_plan_makes_it_private if {
	count(stays_private.violations) + count(stays_private.not_applicable) == 0
		with input as {
			"planned_action": "update",
			"publicly_accessible": false,
			"before": {"publicly_accessible": true},
		}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_plan_does_nothing_to_it if {
	stays_private.not_applicable == {"the plan does not change it"}
		with input as {"planned_action": "no-op", "publicly_accessible": true, "before": {"publicly_accessible": true}}
		with data.baseline as {"tier": "tier-1"}
}
