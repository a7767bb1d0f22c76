package dbkeel.access.master_password_managed_test

import data.dbkeel.access.master_password_managed

test_fails_when_the_password_is_not_managed if {
	expected := "the administrator's password is kept by hand; tier-1 asks for a managed one"
	master_password_managed.violations == {expected}
		with input as {"is_replica": false, "master_password_managed": false}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_password_is_managed if {
	master_password_managed.violations == set()
		with input as {"is_replica": false, "master_password_managed": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_it_is_a_replica if {
	master_password_managed.not_applicable == {"replicates another database and takes over its administrator"}
		with input as {"is_replica": true, "master_password_managed": false}
		with data.baseline as {"tier": "tier-1"}
}

test_is_applicable_when_it_stands_alone if {
	master_password_managed.not_applicable == set()
		with input as {"is_replica": false, "master_password_managed": false}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_is_fetched_at_every_apply if {
	count(master_password_managed.violations) == 0
		with input as {"is_replica": false, "master_password_managed": false, "master_password_ephemeral": true}
		with data.baseline as {"tier": "tier-1"}
}
