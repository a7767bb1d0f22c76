package dbkeel.retention.backups_outlive_deletion_test

import data.dbkeel.retention.backups_outlive_deletion

test_fails_when_backups_go_with_the_database if {
	message := "loses its automated backups when it is deleted; tier-1 asks to keep them"
	backups_outlive_deletion.violations == {message}
		with input as {"keeps_automated_backups": false, "is_replica": false}
		with data.parameters as {"require_backups_after_deletion": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_backups_stay if {
	count(backups_outlive_deletion.violations) + count(backups_outlive_deletion.not_applicable) == 0
		with input as {"keeps_automated_backups": true, "is_replica": false}
		with data.parameters as {"require_backups_after_deletion": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_it_is_a_replica if {
	backups_outlive_deletion.not_applicable == {"a replica; backups are taken of its source"}
		with input as {"keeps_automated_backups": false, "is_replica": true}
		with data.parameters as {"require_backups_after_deletion": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_tier_does_not_ask if {
	backups_outlive_deletion.not_applicable == {"tier-2 does not ask for backups after deletion"}
		with input as {"keeps_automated_backups": false, "is_replica": false}
		with data.parameters as {"require_backups_after_deletion": false}
		with data.baseline as {"tier": "tier-2"}
}
