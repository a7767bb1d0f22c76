package dbkeel.change.deletion_protection_stays_test

import data.dbkeel.change.deletion_protection_stays

test_fails_when_the_plan_turns_it_off if {
	deletion_protection_stays.violations == {"the plan turns deletion protection off; tier-1 asks to keep it on"}
		with input as {
			"planned_action": "update",
			"deletion_protection": false,
			"before": {"deletion_protection": true},
		}
		with data.parameters as {"require_deletion_protection": true}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_a_replacement_does if {
	count(deletion_protection_stays.violations) == 1
		with input as {
			"planned_action": "create-then-delete",
			"deletion_protection": false,
			"before": {"deletion_protection": true},
		}
		with data.parameters as {"require_deletion_protection": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_stays if {
	count(deletion_protection_stays.violations) + count(deletion_protection_stays.not_applicable) == 0
		with input as {"planned_action": "update", "deletion_protection": true, "before": {"deletion_protection": true}}
		with data.parameters as {"require_deletion_protection": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_was_not_so_before if {
	count(deletion_protection_stays.violations) + count(deletion_protection_stays.not_applicable) == 0
		with input as {
			"planned_action": "update",
			"deletion_protection": false,
			"before": {"deletion_protection": false},
		}
		with data.parameters as {"require_deletion_protection": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_plan_turns_it_on if {
	count(deletion_protection_stays.violations) + count(deletion_protection_stays.not_applicable) == 0
		with input as {
			"planned_action": "update",
			"deletion_protection": true,
			"before": {"deletion_protection": false},
		}
		with data.parameters as {"require_deletion_protection": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_plan_does_nothing_to_it if {
	deletion_protection_stays.not_applicable == {"the plan does not change it"}
		with input as {
			"planned_action": "no-op",
			"deletion_protection": false,
			"before": {"deletion_protection": false},
		}
		with data.parameters as {"require_deletion_protection": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_tier_does_not_ask if {
	deletion_protection_stays.not_applicable == {"tier-3 does not ask for deletion protection"}
		with input as {
			"planned_action": "update",
			"deletion_protection": false,
			"before": {"deletion_protection": true},
		}
		with data.parameters as {"require_deletion_protection": false}
		with data.baseline as {"tier": "tier-3"}
}
