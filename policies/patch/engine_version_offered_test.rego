package dbkeel.patch.engine_version_offered_test

import data.dbkeel.patch.engine_version_offered

test_fails_when_the_version_is_withdrawn if {
	expected := "runs postgres 11.22, which the provider no longer offers; tier-1 asks for a version that it does"
	engine_version_offered.violations == {expected}
		with input as {"engine": "postgres", "engine_version": "11.22", "engine_version_offered": false}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_version_is_offered if {
	count(engine_version_offered.violations) == 0
		with input as {"engine": "postgres", "engine_version": "16.6", "engine_version_offered": true}
		with data.baseline as {"tier": "tier-1"}
}
