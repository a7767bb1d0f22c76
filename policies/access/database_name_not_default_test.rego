package dbkeel.access.database_name_not_default_test

import data.dbkeel.access.database_name_not_default

test_fails_when_the_name_is_the_engines_default if {
	expected := "the database is called dev, the default of redshift; tier-1 asks for a name of its own"
	database_name_not_default.violations == {expected}
		with input as {"engine": "redshift", "database_name": "dev"}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_name_merely_begins_like_the_default if {
	database_name_not_default.violations == set()
		with input as {"engine": "redshift", "database_name": "devices"}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_engine_has_no_default_name if {
	database_name_not_default.not_applicable == {"postgres has no default name for databases"}
		with input as {"engine": "postgres", "database_name": "dev"}
		with data.baseline as {"tier": "tier-1"}
}

test_is_applicable_when_the_engine_has_one if {
	database_name_not_default.not_applicable == set()
		with input as {"engine": "redshift-serverless", "database_name": "sales"}
		with data.baseline as {"tier": "tier-1"}
}
