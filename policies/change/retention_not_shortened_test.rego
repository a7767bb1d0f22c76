package dbkeel.change.retention_not_shortened_test

import data.dbkeel.change.retention_not_shortened

test_fails_when_the_plan_takes_a_day_off if {
	message := "the plan keeps backups for 34 days where it was 35; tier-1 asks not to delete backups early"
	retention_not_shortened.violations == {message}
		with input as {"planned_action": "update", "backup_retention_days": 34, "before": {"backup_retention_days": 35}}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_a_single_day_is_left if {
	message := "the plan keeps backups for 1 day where it was 7; tier-1 asks not to delete backups early"
	retention_not_shortened.violations == {message}
		with input as {
			"planned_action": "delete-then-create",
			"backup_retention_days": 1,
			"before": {"backup_retention_days": 7},
		}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_stays if {
	count(retention_not_shortened.violations) + count(retention_not_shortened.not_applicable) == 0
		with input as {"planned_action": "update", "backup_retention_days": 7, "before": {"backup_retention_days": 7}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_plan_lengthens_it if {
	count(retention_not_shortened.violations) + count(retention_not_shortened.not_applicable) == 0
		with input as {"planned_action": "update", "backup_retention_days": 35, "before": {"backup_retention_days": 7}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_backups_are_turned_off_which_backups_stay_judges if {
	count(retention_not_shortened.violations) + count(retention_not_shortened.not_applicable) == 0
		with input as {"planned_action": "update", "backup_retention_days": 0, "before": {"backup_retention_days": 7}}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_plan_does_nothing_to_it if {
	retention_not_shortened.not_applicable == {"the plan does not change it"}
		with input as {"planned_action": "no-op", "backup_retention_days": 7, "before": {"backup_retention_days": 7}}
		with data.baseline as {"tier": "tier-1"}
}
