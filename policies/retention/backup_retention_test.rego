package dbkeel.retention.backup_retention_test

import data.dbkeel.retention.backup_retention

test_fails_when_backups_are_kept_one_day_too_few if {
	backup_retention.violations == {"keeps 34 days of backups; tier-1 asks for 35"}
		with input as {"backup_retention_days": 34, "is_replica": false}
		with data.parameters as {"min_backup_retention_days": 35}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_backups_are_kept_a_single_day if {
	backup_retention.violations == {"keeps 1 day of backups; tier-2 asks for 7"}
		with input as {"backup_retention_days": 1, "is_replica": false}
		with data.parameters as {"min_backup_retention_days": 7}
		with data.baseline as {"tier": "tier-2"}
}

test_fails_when_there_are_no_backups if {
	backup_retention.violations == {"keeps 0 days of backups; tier-3 asks for 1"}
		with input as {"backup_retention_days": 0, "is_replica": false}
		with data.parameters as {"min_backup_retention_days": 1}
		with data.baseline as {"tier": "tier-3"}
}

test_passes_when_backups_are_kept_exactly_long_enough if {
	count(backup_retention.violations) == 0
		with input as {"backup_retention_days": 35, "is_replica": false}
		with data.parameters as {"min_backup_retention_days": 35}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_backups_are_kept_longer if {
	count(backup_retention.violations) == 0
		with input as {"backup_retention_days": 8, "is_replica": false}
		with data.parameters as {"min_backup_retention_days": 7}
		with data.baseline as {"tier": "tier-2"}
}

test_not_applicable_when_it_is_a_replica if {
	backup_retention.not_applicable == {"a replica; backups are taken of its source"}
		with input as {"backup_retention_days": 0, "is_replica": true}
		with data.parameters as {"min_backup_retention_days": 7}
		with data.baseline as {"tier": "tier-2"}
}

test_applicable_when_it_is_no_replica if {
	count(backup_retention.not_applicable) == 0
		with input as {"backup_retention_days": 0, "is_replica": false}
		with data.parameters as {"min_backup_retention_days": 7}
		with data.baseline as {"tier": "tier-2"}
}
