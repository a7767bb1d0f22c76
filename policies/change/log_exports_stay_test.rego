package dbkeel.change.log_exports_stay_test

import data.dbkeel.change.log_exports_stay

test_fails_when_a_log_is_dropped if {
	log_exports_stay.violations == {"the plan stops exporting its audit log; tier-1 asks to keep exporting"}
		with input as {
			"planned_action": "update",
			"log_exports": ["error", "general"],
			"before": {"log_exports": ["audit", "error"]},
		}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_every_log_is_dropped if {
	message := "the plan stops exporting its audit and error logs; tier-1 asks to keep exporting"
	log_exports_stay.violations == {message}
		with input as {"planned_action": "update", "log_exports": [], "before": {"log_exports": ["audit", "error"]}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_a_log_is_added if {
	count(log_exports_stay.violations) + count(log_exports_stay.not_applicable) == 0
		with input as {
			"planned_action": "update",
			"log_exports": ["audit", "error"],
			"before": {"log_exports": ["error"]},
		}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_none_was_exported if {
	count(log_exports_stay.violations) + count(log_exports_stay.not_applicable) == 0
		with input as {"planned_action": "update", "log_exports": [], "before": {"log_exports": []}}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_plan_does_nothing_to_it if {
	log_exports_stay.not_applicable == {"the plan does not change it"}
		with input as {"planned_action": "no-op", "log_exports": ["error"], "before": {"log_exports": ["error"]}}
		with data.baseline as {"tier": "tier-1"}
}
