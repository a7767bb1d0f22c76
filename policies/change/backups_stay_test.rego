package dbkeel.change.backups_stay_test

import data.dbkeel.change.backups_stay

test_fails_when_the_plan_turns_them_off if {
	message := "the plan turns automated backups off and deletes those that exist; tier-1 asks to keep them"
	backups_stay.violations == {message}
		with input as {"planned_action": "update", "backup_retention_days": 0, "before": {"backup_retention_days": 1}}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_a_replacement_does if {
	count(backups_stay.violations) == 1
		with input as {
			"planned_action": "create-then-delete",
			"backup_retention_days": 0,
			"before": {"backup_retention_days": 1},
		}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_stays if {
	count(backups_stay.violations) + count(backups_stay.not_applicable) == 0
		with input as {"planned_action": "update", "backup_retention_days": 1, "before": {"backup_retention_days": 1}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_was_not_so_before if {
	count(backups_stay.violations) + count(backups_stay.not_applicable) == 0
		with input as {"planned_action": "update", "backup_retention_days": 0, "before": {"backup_retention_days": 0}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_plan_turns_them_on if {
	count(backups_stay.violations) + count(backups_stay.not_applicable) == 0
		with input as {"planned_action": "update", "backup_retention_days": 1, "before": {"backup_retention_days": 0}}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_plan_does_nothing_to_it if {
	backups_stay.not_applicable == {"the plan does not change it"}
		with input as {"planned_action": "no-op", "backup_retention_days": 0, "before": {"backup_retention_days": 0}}
		with data.baseline as {"tier": "tier-1"}
}
