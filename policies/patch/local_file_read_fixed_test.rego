package dbkeel.patch.local_file_read_fixed_test

import data.dbkeel.patch.local_file_read_fixed

test_fails_when_the_release_has_the_flaw if {
	message := "Aurora PostgreSQL 11.8 lets users read files of the server; tier-1 asks for 11.9 or later"
	local_file_read_fixed.violations == {message}
		with input as {"engine": "aurora-postgresql", "engine_version": "11.8", "engine_major_version": "11"}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_the_first_release_has_the_flaw if {
	count(local_file_read_fixed.violations) == 1
		with input as {"engine": "aurora-postgresql", "engine_version": "10.11", "engine_major_version": "10"}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_release_has_the_fix if {
	count(local_file_read_fixed.violations) + count(local_file_read_fixed.not_applicable) == 0
		with input as {"engine": "aurora-postgresql", "engine_version": "11.9", "engine_major_version": "11"}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_release_is_older_than_the_flaw if {
	count(local_file_read_fixed.violations) + count(local_file_read_fixed.not_applicable) == 0
		with input as {"engine": "aurora-postgresql", "engine_version": "10.7", "engine_major_version": "10"}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_major_version_never_had_the_flaw if {
	count(local_file_read_fixed.violations) + count(local_file_read_fixed.not_applicable) == 0
		with input as {"engine": "aurora-postgresql", "engine_version": "16", "engine_major_version": "16"}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_minor_version_is_not_declared if {
	local_file_read_fixed.not_applicable == {"11 does not say which minor version runs"}
		with input as {"engine": "aurora-postgresql", "engine_version": "11", "engine_major_version": "11"}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_it_is_another_engine if {
	local_file_read_fixed.not_applicable == {"postgres is not Aurora PostgreSQL"}
		with input as {"engine": "postgres", "engine_version": "11.8", "engine_major_version": "11"}
		with data.baseline as {"tier": "tier-1"}
}
