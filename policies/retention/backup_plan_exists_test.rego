package dbkeel.retention.backup_plan_exists_test

import data.dbkeel.retention.backup_plan_exists

test_fails_when_there_is_none if {
	backup_plan_exists.violations == {"the region has no backup plan; tier-1 asks for one"}
		with input as {"backup_plans": 0}
		with data.parameters as {"require_backup_plan": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_there_is_one if {
	count(backup_plan_exists.violations) + count(backup_plan_exists.not_applicable) == 0
		with input as {"backup_plans": 1}
		with data.parameters as {"require_backup_plan": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_none_is_asked_for if {
	backup_plan_exists.not_applicable == {"tier-3 does not ask for a backup plan"}
		with input as {"backup_plans": 0}
		with data.parameters as {"require_backup_plan": false}
		with data.baseline as {"tier": "tier-3"}
}
