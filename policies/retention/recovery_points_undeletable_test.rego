package dbkeel.retention.recovery_points_undeletable_test

import data.dbkeel.retention.recovery_points_undeletable

test_fails_when_they_can_be_deleted if {
	recovery_points_undeletable.violations == {"lets recovery points be deleted; tier-1 asks to keep them"}
		with input as {"recovery_points_undeletable": false}
		with data.parameters as {"require_undeletable_recovery_points": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_they_cannot if {
	count(recovery_points_undeletable.violations) + count(recovery_points_undeletable.not_applicable) == 0
		with input as {"recovery_points_undeletable": true}
		with data.parameters as {"require_undeletable_recovery_points": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_nobody_asks_for_it if {
	recovery_points_undeletable.not_applicable
		== {"tier-2 does not ask for recovery points that nobody can delete"}
		with input as {"recovery_points_undeletable": false}
		with data.parameters as {"require_undeletable_recovery_points": false}
		with data.baseline as {"tier": "tier-2"}
}
