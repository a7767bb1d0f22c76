package dbkeel.retention.backup_plan_retention_test

import data.dbkeel.retention.backup_plan_retention

test_fails_when_nothing_is_backed_up_daily if {
	backup_plan_retention.violations
		== {"backs up less than daily; tier-1 asks for daily backups that are kept for 35 days"}
		with input as {"daily_backup_retention_days": 0}
		with data.parameters as {"min_backup_plan_retention_days": 35}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_they_are_kept_a_day_too_short if {
	backup_plan_retention.violations == {"keeps daily backups for 34 days; tier-1 asks for 35 days"}
		with input as {"daily_backup_retention_days": 34}
		with data.parameters as {"min_backup_plan_retention_days": 35}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_they_are_kept_just_long_enough if {
	count(backup_plan_retention.violations) == 0
		with input as {"daily_backup_retention_days": 35}
		with data.parameters as {"min_backup_plan_retention_days": 35}
		with data.baseline as {"tier": "tier-1"}
}
