package dbkeel.change.parameters_in_force_test

import data.dbkeel.change.parameters_in_force

test_fails_when_a_static_parameter_changes if {
	message := "the plan changes max_connections, in force only after a reboot; tier-1 asks to plan the reboot"
	parameters_in_force.violations == {message}
		with input as {"planned_action": "update", "static_parameters_changed": ["max_connections"]}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_once_when_two_change if {
	message := concat("; ", [
		"the plan changes max_connections and shared_buffers, in force only after a reboot",
		"tier-1 asks to plan the reboot",
	])
	parameters_in_force.violations == {message}
		with input as {"planned_action": "update", "static_parameters_changed": ["max_connections", "shared_buffers"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_every_change_is_dynamic if {
	count(parameters_in_force.violations) + count(parameters_in_force.not_applicable) == 0
		with input as {"planned_action": "update", "static_parameters_changed": []}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_plan_creates_the_group if {
	parameters_in_force.not_applicable == {"the plan does not change it in place"}
		with input as {"planned_action": "create", "static_parameters_changed": ["max_connections"]}
		with data.baseline as {"tier": "tier-1"}
}
