package dbkeel.patch.newest_minor_version_test

import data.dbkeel.patch.newest_minor_version

test_fails_when_the_newest_is_one_day_too_long_out if {
	concat("", newest_minor_version.violations) == concat("", [
		"postgres 16.9 is older than 16.14, released 2026-05-14; ",
		"tier-1 asks for new minor versions within 90 days",
	])
		with input as {"engine": "postgres", "engine_version": "16.9", "engine_major_version": "16"}
		with data.engines as {"postgres": {"16": {"newest_minor": "16.14", "newest_minor_released": "2026-05-14"}}}
		with data.parameters as {"max_minor_version_age_days": 90}
		with data.baseline as {"tier": "tier-1"}
		with data.now as "2026-08-13T00:00:00Z"
}

test_passes_when_there_is_still_a_day_to_take_it if {
	count(newest_minor_version.violations) + count(newest_minor_version.not_applicable) == 0
		with input as {"engine": "postgres", "engine_version": "16.9", "engine_major_version": "16"}
		with data.engines as {"postgres": {"16": {"newest_minor": "16.14", "newest_minor_released": "2026-05-14"}}}
		with data.parameters as {"max_minor_version_age_days": 90}
		with data.baseline as {"tier": "tier-1"}
		with data.now as "2026-08-12T23:59:59Z"
}

test_passes_when_it_is_the_newest if {
	count(newest_minor_version.violations) + count(newest_minor_version.not_applicable) == 0
		with input as {"engine": "postgres", "engine_version": "16.14", "engine_major_version": "16"}
		with data.engines as {"postgres": {"16": {"newest_minor": "16.14", "newest_minor_released": "2026-05-14"}}}
		with data.parameters as {"max_minor_version_age_days": 0}
		with data.baseline as {"tier": "tier-1"}
		with data.now as "2026-08-22T12:00:00Z"
}

test_passes_when_it_is_newer_than_the_newest_known if {
	count(newest_minor_version.violations) == 0
		with input as {"engine": "postgres", "engine_version": "16.15", "engine_major_version": "16"}
		with data.engines as {"postgres": {"16": {"newest_minor": "16.14", "newest_minor_released": "2026-05-14"}}}
		with data.parameters as {"max_minor_version_age_days": 0}
		with data.baseline as {"tier": "tier-1"}
		with data.now as "2026-08-22T12:00:00Z"
}

test_not_applicable_when_only_the_major_version_is_declared if {
	newest_minor_version.not_applicable == {"16 does not say which minor version runs"}
		with input as {"engine": "postgres", "engine_version": "16", "engine_major_version": "16"}
		with data.engines as {"postgres": {"16": {"newest_minor": "16.14", "newest_minor_released": "2026-05-14"}}}
		with data.parameters as {"max_minor_version_age_days": 90}
		with data.baseline as {"tier": "tier-1"}
		with data.now as "2026-08-22T12:00:00Z"
}

test_not_applicable_when_the_newest_is_not_known if {
	newest_minor_version.not_applicable == {"it is not known when oracle-ee 19 had its newest minor version"}
		with input as {"engine": "oracle-ee", "engine_version": "19", "engine_major_version": "19"}
		with data.engines as {}
		with data.parameters as {"max_minor_version_age_days": 90}
		with data.baseline as {"tier": "tier-1"}
		with data.now as "2026-08-22T12:00:00Z"
}

test_fails_when_aurora_mysql_is_older if {
	concat("", newest_minor_version.violations) == concat("", [
		"aurora-mysql 8.0.mysql_aurora.3.08.0 is older than 3.13, released 2026-08-27; ",
		"tier-1 asks for new minor versions within 1 day",
	])
		with input as {
			"engine": "aurora-mysql",
			"engine_version": "8.0.mysql_aurora.3.08.0",
			"engine_major_version": "3",
		}
		with data.engines as {"aurora-mysql": {"3": {"newest_minor": "3.13", "newest_minor_released": "2026-08-27"}}}
		with data.parameters as {"max_minor_version_age_days": 1}
		with data.baseline as {"tier": "tier-1"}
		with data.now as "2026-08-30T00:00:00Z"
}

test_not_applicable_when_aurora_mysql_declares_the_mysql_that_it_speaks if {
	newest_minor_version.not_applicable == {"8.0 does not say which minor version runs"}
		with input as {"engine": "aurora-mysql", "engine_version": "8.0", "engine_major_version": "3"}
		with data.engines as {"aurora-mysql": {"3": {"newest_minor": "3.13", "newest_minor_released": "2026-08-27"}}}
		with data.parameters as {"max_minor_version_age_days": 1}
		with data.baseline as {"tier": "tier-1"}
		with data.now as "2026-08-30T00:00:00Z"
}
