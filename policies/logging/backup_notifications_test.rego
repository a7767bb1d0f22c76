package dbkeel.logging.backup_notifications_test

import data.dbkeel.logging.backup_notifications

test_fails_when_nobody_is_told if {
	backup_notifications.violations == {"tells nobody when a backup fails; tier-1 asks for it"}
		with input as {"backup_events": []}
		with data.parameters as {"require_backup_notifications": true}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_only_other_events_are_told if {
	backup_notifications.violations == {"tells nobody when a backup fails; tier-1 asks for it"}
		with input as {"backup_events": ["BACKUP_JOB_STARTED", "RESTORE_JOB_COMPLETED"]}
		with data.parameters as {"require_backup_notifications": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_end_of_a_job_is_told if {
	count(backup_notifications.violations) + count(backup_notifications.not_applicable) == 0
		with input as {"backup_events": ["BACKUP_JOB_COMPLETED", "RESTORE_JOB_COMPLETED"]}
		with data.parameters as {"require_backup_notifications": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_a_failed_job_is_told if {
	count(backup_notifications.violations) + count(backup_notifications.not_applicable) == 0
		with input as {"backup_events": ["BACKUP_JOB_FAILED"]}
		with data.parameters as {"require_backup_notifications": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_nobody_asks_for_it if {
	backup_notifications.not_applicable == {"tier-3 does not ask for notifications of backups"}
		with input as {"backup_events": []}
		with data.parameters as {"require_backup_notifications": false}
		with data.baseline as {"tier": "tier-3"}
}
