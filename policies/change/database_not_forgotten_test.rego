package dbkeel.change.database_not_forgotten_test

import data.dbkeel.change.database_not_forgotten

test_fails_when_the_plan_forgets_a_protected_database if {
	message := "the plan leaves it running and forgets it; tier-1 asks to keep databases managed"
	database_not_forgotten.violations == {message}
		with input as {"planned_action": "forget", "before": {"holds_data": true, "deletion_protection": true}}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_the_plan_forgets_an_unprotected_database if {
	message := concat("; ", [
		"the plan leaves it running without deletion protection and forgets it",
		"tier-1 asks to keep databases managed",
	])
	database_not_forgotten.violations == {message}
		with input as {"planned_action": "forget", "before": {"holds_data": true, "deletion_protection": false}}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_the_plan_makes_another_one_once_it_has_forgotten_it if {
	message := "the plan leaves it running and forgets it; tier-1 asks to keep databases managed"
	database_not_forgotten.violations == {message}
		with input as {"planned_action": "forget-then-create", "before": {"holds_data": true, "deletion_protection": true}}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_the_plan_makes_another_one_before_it_forgets_it if {
	message := "the plan leaves it running and forgets it; tier-1 asks to keep databases managed"
	database_not_forgotten.violations == {message}
		with input as {"planned_action": "create-then-forget", "before": {"holds_data": true, "deletion_protection": true}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_plan_updates_it if {
	count(database_not_forgotten.violations) + count(database_not_forgotten.not_applicable) == 0
		with input as {"planned_action": "update", "before": {"holds_data": true, "deletion_protection": true}}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_plan_does_nothing_to_it if {
	database_not_forgotten.not_applicable == {"the plan does not forget it"}
		with input as {"planned_action": "no-op", "before": {"holds_data": true, "deletion_protection": true}}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_it_can_have_no_deletion_protection if {
	database_not_forgotten.violations == {"the plan leaves it running and forgets it; tier-1 asks to keep databases managed"}
		with input as {"planned_action": "forget", "before": {"holds_data": true}}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_it_holds_no_data if {
	database_not_forgotten.not_applicable == {"it holds no data of its own"}
		with input as {"planned_action": "forget", "before": {"holds_data": false}}
		with data.baseline as {"tier": "tier-1"}
}
