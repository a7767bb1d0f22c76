package dbkeel.change.multi_az_stays_test

import data.dbkeel.change.multi_az_stays

test_fails_when_the_plan_gives_it_up if {
	multi_az_stays.violations == {"the plan gives up the second zone; tier-1 asks to keep it"}
		with input as {"planned_action": "update", "multi_az": false, "before": {"multi_az": true}}
		with data.parameters as {"require_multi_az": true}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_a_replacement_does if {
	count(multi_az_stays.violations) == 1
		with input as {"planned_action": "create-then-delete", "multi_az": false, "before": {"multi_az": true}}
		with data.parameters as {"require_multi_az": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_stays if {
	count(multi_az_stays.violations) + count(multi_az_stays.not_applicable) == 0
		with input as {"planned_action": "update", "multi_az": true, "before": {"multi_az": true}}
		with data.parameters as {"require_multi_az": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_was_not_so_before if {
	count(multi_az_stays.violations) + count(multi_az_stays.not_applicable) == 0
		with input as {"planned_action": "update", "multi_az": false, "before": {"multi_az": false}}
		with data.parameters as {"require_multi_az": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_plan_adds_it if {
	count(multi_az_stays.violations) + count(multi_az_stays.not_applicable) == 0
		with input as {"planned_action": "update", "multi_az": true, "before": {"multi_az": false}}
		with data.parameters as {"require_multi_az": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_plan_does_nothing_to_it if {
	multi_az_stays.not_applicable == {"the plan does not change it"}
		with input as {"planned_action": "no-op", "multi_az": false, "before": {"multi_az": false}}
		with data.parameters as {"require_multi_az": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_tier_does_not_ask if {
	multi_az_stays.not_applicable == {"tier-3 does not ask for a second zone"}
		with input as {"planned_action": "update", "multi_az": false, "before": {"multi_az": true}}
		with data.parameters as {"require_multi_az": false}
		with data.baseline as {"tier": "tier-3"}
}
