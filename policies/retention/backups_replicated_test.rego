package dbkeel.retention.backups_replicated_test

import data.dbkeel.retention.backups_replicated

test_fails_when_backups_stay_in_one_region if {
	backups_replicated.violations == {"keeps backups in one region; tier-1 asks for a copy in another"}
		with input as {"backups_replicated": false, "is_replica": false}
		with data.parameters as {"require_backups_replicated": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_backups_are_copied if {
	count(backups_replicated.violations) + count(backups_replicated.not_applicable) == 0
		with input as {"backups_replicated": true, "is_replica": false}
		with data.parameters as {"require_backups_replicated": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_it_is_a_replica if {
	backups_replicated.not_applicable == {"a replica; backups are taken of its source"}
		with input as {"backups_replicated": false, "is_replica": true}
		with data.parameters as {"require_backups_replicated": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_tier_does_not_ask if {
	backups_replicated.not_applicable == {"tier-2 does not ask for backups in another region"}
		with input as {"backups_replicated": false, "is_replica": false}
		with data.parameters as {"require_backups_replicated": false}
		with data.baseline as {"tier": "tier-2"}
}
