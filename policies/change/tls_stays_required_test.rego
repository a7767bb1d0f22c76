package dbkeel.change.tls_stays_required_test

import data.dbkeel.change.tls_stays_required

test_fails_when_the_plan_lets_plain_connections_in if {
	tls_stays_required.violations == {"the plan lets connections do without TLS; tier-1 asks to refuse them"}
		with input as {"planned_action": "update", "tls_required": false, "before": {"tls_required": true}}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_a_replacement_does if {
	count(tls_stays_required.violations) == 1
		with input as {"planned_action": "create-then-delete", "tls_required": false, "before": {"tls_required": true}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_stays if {
	count(tls_stays_required.violations) + count(tls_stays_required.not_applicable) == 0
		with input as {"planned_action": "update", "tls_required": true, "before": {"tls_required": true}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_was_not_so_before if {
	count(tls_stays_required.violations) + count(tls_stays_required.not_applicable) == 0
		with input as {"planned_action": "update", "tls_required": false, "before": {"tls_required": false}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_plan_requires_it if {
	count(tls_stays_required.violations) + count(tls_stays_required.not_applicable) == 0
		with input as {"planned_action": "update", "tls_required": true, "before": {"tls_required": false}}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_plan_does_nothing_to_it if {
	tls_stays_required.not_applicable == {"the plan does not change it"}
		with input as {"planned_action": "no-op", "tls_required": false, "before": {"tls_required": false}}
		with data.baseline as {"tier": "tier-1"}
}
