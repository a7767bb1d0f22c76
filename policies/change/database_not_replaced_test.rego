package dbkeel.change.database_not_replaced_test

import data.dbkeel.change.database_not_replaced

test_fails_when_one_attribute_forces_a_replacement if {
	message := "the plan replaces it because `kms_key_id` changes; tier-1 asks to keep databases"
	database_not_replaced.violations == {message}
		with input as {
			"planned_action": "delete-then-create",
			"replace_attributes": ["kms_key_id"],
			"before": {"is_replica": false},
		}
		with data.parameters as {"allow_database_deletion": false}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_two_attributes_force_a_replacement if {
	message := "the plan replaces it because `engine`, `username` change; tier-1 asks to keep databases"
	database_not_replaced.violations == {message}
		with input as {
			"planned_action": "create-then-delete",
			"replace_attributes": ["engine", "username"],
			"before": {"is_replica": false},
		}
		with data.parameters as {"allow_database_deletion": false}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_nothing_tells_the_attribute if {
	database_not_replaced.violations == {"the plan replaces it; tier-1 asks to keep databases"}
		with input as {
			"planned_action": "delete-then-create",
			"replace_attributes": [],
			"before": {"is_replica": false},
		}
		with data.parameters as {"allow_database_deletion": false}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_plan_updates_it if {
	count(database_not_replaced.violations) + count(database_not_replaced.not_applicable) == 0
		with input as {"planned_action": "update", "replace_attributes": [], "before": {"is_replica": false}}
		with data.parameters as {"allow_database_deletion": false}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_plan_does_nothing_to_it if {
	database_not_replaced.not_applicable == {"the plan does not touch it"}
		with input as {"planned_action": "no-op", "replace_attributes": [], "before": {"is_replica": false}}
		with data.parameters as {"allow_database_deletion": false}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_it_is_a_replica if {
	database_not_replaced.not_applicable == {"a replica; the data stays with its source"}
		with input as {
			"planned_action": "delete-then-create",
			"replace_attributes": ["kms_key_id"],
			"before": {"is_replica": true},
		}
		with data.parameters as {"allow_database_deletion": false}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_tier_lets_plans_replace if {
	database_not_replaced.not_applicable == {"tier-3 lets plans replace databases"}
		with input as {
			"planned_action": "delete-then-create",
			"replace_attributes": ["kms_key_id"],
			"before": {"is_replica": false},
		}
		with data.parameters as {"allow_database_deletion": true}
		with data.baseline as {"tier": "tier-3"}
}
