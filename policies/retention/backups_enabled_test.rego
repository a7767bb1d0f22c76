package dbkeel.retention.backups_enabled_test

import data.dbkeel.retention.backups_enabled

test_fails_when_backups_are_kept_for_no_day if {
	backups_enabled.violations == {"takes no automated backups; tier-3 asks for them"}
		with input as {"backup_retention_days": 0, "is_replica": false}
		with data.baseline as {"tier": "tier-3"}
}

test_passes_when_backups_are_kept_for_a_day if {
	count(backups_enabled.violations) + count(backups_enabled.not_applicable) == 0
		with input as {"backup_retention_days": 1, "is_replica": false}
		with data.baseline as {"tier": "tier-3"}
}

test_not_applicable_when_it_is_a_replica if {
	backups_enabled.not_applicable == {"a replica; backups are taken of its source"}
		with input as {"backup_retention_days": 0, "is_replica": true}
		with data.baseline as {"tier": "tier-3"}
}
