package dbkeel.patch.current_instance_generation_test

import data.dbkeel.patch.current_instance_generation

test_fails_when_the_family_is_of_a_previous_generation if {
	current_instance_generation.violations == {"runs on db.r4.large; tier-1 asks for a newer generation than db.r4"}
		with input as {"instance_class": "db.r4.large"}
		with data.parameters as {"previous_generation_families": ["db.r3", "db.r4"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_family_only_begins_alike if {
	count(current_instance_generation.violations) == 0
		with input as {"instance_class": "db.x1e.xlarge"}
		with data.parameters as {"previous_generation_families": ["db.x1"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_family_is_current if {
	count(current_instance_generation.violations) == 0
		with input as {"instance_class": "db.r7g.large"}
		with data.parameters as {"previous_generation_families": ["db.r3", "db.r4"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_is_serverless if {
	count(current_instance_generation.violations) == 0
		with input as {"instance_class": "db.serverless"}
		with data.parameters as {"previous_generation_families": ["db.r3", "db.r4"]}
		with data.baseline as {"tier": "tier-1"}
}
