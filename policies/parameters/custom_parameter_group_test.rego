package dbkeel.parameters.custom_parameter_group_test

import data.dbkeel.parameters.custom_parameter_group

test_fails_when_the_parameter_group_is_a_default_one if {
	custom_parameter_group.violations == {"uses a default parameter group; tier-1 asks for one of its own"}
		with input as {"default_parameter_group": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_parameter_group_is_its_own if {
	custom_parameter_group.violations == set()
		with input as {"default_parameter_group": false}
		with data.baseline as {"tier": "tier-1"}
}
