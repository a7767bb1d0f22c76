package dbkeel.retention.air_gapped_backup_test

import data.dbkeel.retention.air_gapped_backup

test_fails_when_there_is_none if {
	air_gapped_backup.violations == {"has no recovery point in an air-gapped vault; tier-1 asks for one"}
		with input as {"is_replica": false, "last_air_gapped_backup": ""}
		with data.now as "2026-11-22T08:00:00Z"
		with data.parameters as {"max_air_gapped_backup_age_days": 7}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_it_is_a_day_too_old if {
	air_gapped_backup.violations
		== {"has its newest air-gapped recovery point of 8 days ago; tier-1 asks for 7 days at the most"}
		with input as {"is_replica": false, "last_air_gapped_backup": "2026-11-14T08:00:00Z"}
		with data.now as "2026-11-22T08:00:00Z"
		with data.parameters as {"max_air_gapped_backup_age_days": 7}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_is_just_new_enough if {
	count(air_gapped_backup.violations) + count(air_gapped_backup.not_applicable) == 0
		with input as {"is_replica": false, "last_air_gapped_backup": "2026-11-15T08:00:00Z"}
		with data.now as "2026-11-22T08:00:00Z"
		with data.parameters as {"max_air_gapped_backup_age_days": 7}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_none_is_asked_for if {
	air_gapped_backup.not_applicable == {"tier-2 does not ask for an air-gapped backup"}
		with input as {"is_replica": false, "last_air_gapped_backup": ""}
		with data.parameters as {"max_air_gapped_backup_age_days": 0}
		with data.baseline as {"tier": "tier-2"}
}

test_not_applicable_to_a_replica if {
	air_gapped_backup.not_applicable == {"a replica; backups are taken of its source"}
		with input as {"is_replica": true, "last_air_gapped_backup": ""}
		with data.parameters as {"max_air_gapped_backup_age_days": 7}
		with data.baseline as {"tier": "tier-1"}
}
