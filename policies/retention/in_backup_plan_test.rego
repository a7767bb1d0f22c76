package dbkeel.retention.in_backup_plan_test

import data.dbkeel.retention.in_backup_plan

test_fails_when_no_plan_protects_it if {
	in_backup_plan.violations == {"is in no backup plan; tier-1 asks for one"}
		with input as {"in_backup_plan": false, "is_replica": false}
		with data.parameters as {"require_backup_plan": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_a_plan_protects_it if {
	count(in_backup_plan.violations) == 0
		with input as {"in_backup_plan": true, "is_replica": false}
		with data.parameters as {"require_backup_plan": true}
		with data.baseline as {"tier": "tier-1"}
}

test_applicable_when_a_plan_is_asked_for if {
	count(in_backup_plan.not_applicable) == 0
		with input as {"in_backup_plan": false, "is_replica": false}
		with data.parameters as {"require_backup_plan": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_no_plan_is_asked_for if {
	in_backup_plan.not_applicable == {"tier-3 does not ask for a backup plan"}
		with input as {"in_backup_plan": false, "is_replica": false}
		with data.parameters as {"require_backup_plan": false}
		with data.baseline as {"tier": "tier-3"}
}

test_not_applicable_when_it_is_a_replica if {
	in_backup_plan.not_applicable == {"a replica; backups are taken of its source"}
		with input as {"in_backup_plan": false, "is_replica": true}
		with data.parameters as {"require_backup_plan": true}
		with data.baseline as {"tier": "tier-1"}
}
