package dbkeel.access.master_password_not_in_state_test

import data.dbkeel.access.master_password_not_in_state

test_fails_when_the_password_passes_through_the_configuration if {
	expected := "writes the administrator's password to the Terraform state; tier-1 asks to keep it out"
	master_password_not_in_state.violations == {expected}
		with input as {"master_password_in_state": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_password_stays_out_of_the_state if {
	master_password_not_in_state.violations == set()
		with input as {"master_password_in_state": false}
		with data.baseline as {"tier": "tier-1"}
}
