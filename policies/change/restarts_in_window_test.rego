package dbkeel.change.restarts_in_window_test

import data.dbkeel.change.restarts_in_window

test_fails_when_a_restart_is_applied_immediately if {
	message := "the plan changes instance_class and restarts the database at once; tier-1 asks to wait for the window"
	restarts_in_window.violations == {message}
		with input as {
			"planned_action": "update",
			"apply_immediately": true,
			"changed_attributes": ["instance_class", "tags"],
		}
		with data.parameters as {"restarting_attributes": ["engine_version", "instance_class", "port"]}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_two_changes_restart_it if {
	message := concat("; ", [
		"the plan changes engine_version and instance_class and restarts the database at once",
		"tier-1 asks to wait for the window",
	])
	restarts_in_window.violations == {message}
		with input as {
			"planned_action": "update",
			"apply_immediately": true,
			"changed_attributes": ["engine_version", "instance_class"],
		}
		with data.parameters as {"restarting_attributes": ["engine_version", "instance_class", "port"]}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_the_port_changes_even_in_the_window if {
	message := "the plan changes port and restarts the database at once; tier-1 asks to wait for the window"
	restarts_in_window.violations == {message}
		with input as {
			"planned_action": "update",
			"apply_immediately": false,
			"changed_attributes": ["instance_class", "port"],
		}
		with data.parameters as {"restarting_attributes": ["engine_version", "instance_class", "port"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_restart_waits if {
	count(restarts_in_window.violations) + count(restarts_in_window.not_applicable) == 0
		with input as {"planned_action": "update", "apply_immediately": false, "changed_attributes": ["instance_class"]}
		with data.parameters as {"restarting_attributes": ["engine_version", "instance_class", "port"]}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_nothing_restarts_it if {
	restarts_in_window.not_applicable == {"the plan changes nothing that restarts the database"}
		with input as {"planned_action": "update", "apply_immediately": true, "changed_attributes": ["tags"]}
		with data.parameters as {"restarting_attributes": ["engine_version", "instance_class", "port"]}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_plan_replaces_it if {
	restarts_in_window.not_applicable == {"the plan does not change it in place"}
		with input as {
			"planned_action": "delete-then-create",
			"apply_immediately": true,
			"changed_attributes": ["port"],
		}
		with data.parameters as {"restarting_attributes": ["engine_version", "instance_class", "port"]}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_plan_creates_it if {
	restarts_in_window.not_applicable == {"the plan does not change it in place"}
		with input as {"planned_action": "create", "apply_immediately": true, "changed_attributes": ["port"]}
		with data.parameters as {"restarting_attributes": ["engine_version", "instance_class", "port"]}
		with data.baseline as {"tier": "tier-1"}
}
