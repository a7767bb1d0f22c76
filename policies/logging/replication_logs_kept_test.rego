package dbkeel.logging.replication_logs_kept_test

import data.dbkeel.logging.replication_logs_kept

test_fails_when_nothing_is_logged if {
	replication_logs_kept.violations == {concat("", [
		"does not log source_capture, source_unload, target_apply and target_load; ",
		"tier-1 asks for it",
	])}
		with input as {"replication_logs": []}
		with data.parameters as {
			"required_replication_logs": ["source_capture", "source_unload", "target_apply", "target_load"],
		}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_one_phase_is_not_logged if {
	replication_logs_kept.violations == {"does not log target_apply; tier-1 asks for it"}
		with input as {"replication_logs": ["source_capture", "source_unload", "target_load"]}
		with data.parameters as {
			"required_replication_logs": ["source_capture", "source_unload", "target_apply", "target_load"],
		}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_exactly_the_required_phases_are_logged if {
	count(replication_logs_kept.violations) == 0
		with input as {"replication_logs": ["source_capture", "source_unload", "target_apply", "target_load"]}
		with data.parameters as {
			"required_replication_logs": ["source_capture", "source_unload", "target_apply", "target_load"],
		}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_more_is_logged_than_required if {
	count(replication_logs_kept.violations) == 0
		with input as {"replication_logs": ["source_capture", "source_unload", "target_apply", "target_load"]}
		with data.parameters as {"required_replication_logs": ["target_apply"]}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_no_logs_are_required if {
	replication_logs_kept.not_applicable == {"tier-4 asks for no logs of replication tasks"}
		with input as {"replication_logs": []}
		with data.parameters as {"required_replication_logs": []}
		with data.baseline as {"tier": "tier-4"}
}

test_applicable_when_logs_are_required if {
	count(replication_logs_kept.not_applicable) == 0 with input as {"replication_logs": []}
		with data.parameters as {
			"required_replication_logs": ["source_capture", "source_unload", "target_apply", "target_load"],
		}
		with data.baseline as {"tier": "tier-1"}
}
