package dbkeel.change.database_kept_test

import data.dbkeel.change.database_kept

test_fails_when_the_plan_deletes_an_unprotected_database if {
	message := "the plan deletes it, and no deletion protection stops that; tier-1 asks to keep databases"
	database_kept.violations == {message}
		with input as {"planned_action": "delete", "before": {"holds_data": true, "deletion_protection": false, "is_replica": false}}
		with data.parameters as {"allow_database_deletion": false}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_the_plan_deletes_a_protected_database if {
	message := "the plan deletes it, which its deletion protection will refuse; tier-1 asks to keep databases"
	database_kept.violations == {message}
		with input as {"planned_action": "delete", "before": {"holds_data": true, "deletion_protection": true, "is_replica": false}}
		with data.parameters as {"allow_database_deletion": false}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_the_plan_deletes_a_global_cluster if {
	count(database_kept.violations) == 1
		with input as {"planned_action": "delete", "before": {"holds_data": true, "deletion_protection": false}}
		with data.parameters as {"allow_database_deletion": false}
		with data.baseline as {"tier": "tier-2"}
}

test_passes_when_the_plan_updates_it if {
	count(database_kept.violations) + count(database_kept.not_applicable) == 0
		with input as {"planned_action": "update", "before": {"holds_data": true, "deletion_protection": true, "is_replica": false}}
		with data.parameters as {"allow_database_deletion": false}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_plan_does_nothing_to_it if {
	database_kept.not_applicable == {"the plan does not touch it"}
		with input as {"planned_action": "no-op", "before": {"holds_data": true, "deletion_protection": true, "is_replica": false}}
		with data.parameters as {"allow_database_deletion": false}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_it_is_a_replica if {
	database_kept.not_applicable == {"a replica; the data stays with its source"}
		with input as {"planned_action": "delete", "before": {"holds_data": true, "deletion_protection": false, "is_replica": true}}
		with data.parameters as {"allow_database_deletion": false}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_tier_lets_plans_delete if {
	database_kept.not_applicable == {"tier-3 lets plans delete databases"}
		with input as {"planned_action": "delete", "before": {"holds_data": true, "deletion_protection": false, "is_replica": false}}
		with data.parameters as {"allow_database_deletion": true}
		with data.baseline as {"tier": "tier-3"}
}

test_not_applicable_when_the_plan_replaces_it if {
	database_kept.not_applicable == {"the plan replaces it"}
		with input as {
			"planned_action": "delete-then-create",
			"before": {"holds_data": true, "deletion_protection": false, "is_replica": false},
		}
		with data.parameters as {"allow_database_deletion": false}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_it_can_have_no_deletion_protection if {
	database_kept.violations == {"the plan deletes it; tier-1 asks to keep databases"}
		with input as {"planned_action": "delete", "before": {"holds_data": true, "is_replica": false}}
		with data.parameters as {"allow_database_deletion": false}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_it_holds_no_data if {
	database_kept.not_applicable == {"it holds no data of its own"}
		with input as {"planned_action": "delete", "before": {"holds_data": false, "is_replica": false}}
		with data.parameters as {"allow_database_deletion": false}
		with data.baseline as {"tier": "tier-1"}
}
