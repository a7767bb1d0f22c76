package dbkeel.parameters.groups_in_force_test

import data.dbkeel.parameters.groups_in_force

test_fails_when_groups_wait if {
	expected := "does not run with option group o: pending-apply and parameter group p: pending-reboot; tier-1 asks for groups that are in sync"
	groups_in_force.violations == {expected}
		with input as {"unapplied_groups": ["parameter group p: pending-reboot", "option group o: pending-apply"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_every_group_is_in_sync if {
	count(groups_in_force.violations) == 0
		with input as {"unapplied_groups": []}
		with data.baseline as {"tier": "tier-1"}
}
