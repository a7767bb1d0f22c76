package dbkeel.patch.log_fdw_fixed_test

import data.dbkeel.patch.log_fdw_fixed

test_fails_when_the_minor_version_is_one_too_old if {
	message := "postgres 13.2 has the log_fdw flaw of AWS bulletin 2022-004; tier-1 asks for 13.3 or later"
	log_fdw_fixed.violations == {message}
		with input as {"engine": "postgres", "engine_version": "13.2", "engine_major_version": "13"}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_aurora_is_one_too_old if {
	message := "aurora-postgresql 11.8 has the log_fdw flaw of AWS bulletin 2022-004; tier-1 asks for 11.9 or later"
	log_fdw_fixed.violations == {message}
		with input as {"engine": "aurora-postgresql", "engine_version": "11.8", "engine_major_version": "11"}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_minor_version_has_the_fix if {
	count(log_fdw_fixed.violations) + count(log_fdw_fixed.not_applicable) == 0
		with input as {"engine": "postgres", "engine_version": "9.6.22", "engine_major_version": "9.6"}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_major_version_never_had_the_flaw if {
	count(log_fdw_fixed.violations) + count(log_fdw_fixed.not_applicable) == 0
		with input as {"engine": "postgres", "engine_version": "16", "engine_major_version": "16"}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_minor_version_is_not_declared if {
	log_fdw_fixed.not_applicable == {"13 does not say which minor version runs"}
		with input as {"engine": "postgres", "engine_version": "13", "engine_major_version": "13"}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_it_is_another_engine if {
	log_fdw_fixed.not_applicable == {"mysql is not PostgreSQL"}
		with input as {"engine": "mysql", "engine_version": "8.0.35", "engine_major_version": "8.0"}
		with data.baseline as {"tier": "tier-1"}
}
