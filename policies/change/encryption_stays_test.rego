package dbkeel.change.encryption_stays_test

import data.dbkeel.change.encryption_stays

test_fails_when_the_plan_turns_it_off if {
	encryption_stays.violations == {"the plan turns encryption at rest off; tier-1 asks to keep it on"}
		with input as {"planned_action": "update", "encrypted_at_rest": false, "before": {"encrypted_at_rest": true}}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_a_replacement_does if {
	count(encryption_stays.violations) == 1
		with input as {
			"planned_action": "create-then-delete",
			"encrypted_at_rest": false,
			"before": {"encrypted_at_rest": true},
		}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_stays if {
	count(encryption_stays.violations) + count(encryption_stays.not_applicable) == 0
		with input as {"planned_action": "update", "encrypted_at_rest": true, "before": {"encrypted_at_rest": true}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_was_not_so_before if {
	count(encryption_stays.violations) + count(encryption_stays.not_applicable) == 0
		with input as {"planned_action": "update", "encrypted_at_rest": false, "before": {"encrypted_at_rest": false}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_plan_turns_it_on if {
	count(encryption_stays.violations) + count(encryption_stays.not_applicable) == 0
		with input as {"planned_action": "update", "encrypted_at_rest": true, "before": {"encrypted_at_rest": false}}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_plan_does_nothing_to_it if {
	encryption_stays.not_applicable == {"the plan does not change it"}
		with input as {"planned_action": "no-op", "encrypted_at_rest": false, "before": {"encrypted_at_rest": false}}
		with data.baseline as {"tier": "tier-1"}
}
