package dbkeel.patch.not_in_extended_support_test

import data.dbkeel.patch.not_in_extended_support

test_fails_when_standard_support_ended_yesterday if {
	concat("", not_in_extended_support.violations) == concat("", [
		"postgres 13 is in paid extended support: standard support ended 2026-02-28; ",
		"tier-1 asks for a supported version",
	])
		with input as {"engine": "postgres", "engine_major_version": "13", "extended_support": true}
		with data.engines as {"postgres": {"13": {
			"standard_support_ends": "2026-02-28",
			"extended_support_ends": "2029-02-28",
		}}}
		with data.baseline as {"tier": "tier-1"}
		with data.now as "2026-03-01T00:00:00Z"
}

test_passes_when_it_is_the_last_day_of_standard_support if {
	count(not_in_extended_support.violations) + count(not_in_extended_support.not_applicable) == 0
		with input as {"engine": "postgres", "engine_major_version": "13", "extended_support": true}
		with data.engines as {"postgres": {"13": {
			"standard_support_ends": "2026-02-28",
			"extended_support_ends": "2029-02-28",
		}}}
		with data.baseline as {"tier": "tier-1"}
		with data.now as "2026-02-28T23:59:59Z"
}

test_passes_when_it_is_not_enrolled if {
	count(not_in_extended_support.violations) == 0
		with input as {"engine": "postgres", "engine_major_version": "13", "extended_support": false}
		with data.engines as {"postgres": {"13": {
			"standard_support_ends": "2026-02-28",
			"extended_support_ends": "2029-02-28",
		}}}
		with data.baseline as {"tier": "tier-1"}
		with data.now as "2026-08-22T12:00:00Z"
}

test_not_applicable_when_the_engine_has_no_extended_support if {
	not_in_extended_support.not_applicable == {"no extended support is known for mariadb 10.5"}
		with input as {"engine": "mariadb", "engine_major_version": "10.5", "extended_support": true}
		with data.engines as {"mariadb": {"10.5": {"standard_support_ends": "2026-06-30"}}}
		with data.baseline as {"tier": "tier-1"}
		with data.now as "2026-08-22T12:00:00Z"
}

test_not_applicable_when_the_engine_is_not_known if {
	not_in_extended_support.not_applicable == {"no extended support is known for oracle-ee 19"}
		with input as {"engine": "oracle-ee", "engine_major_version": "19", "extended_support": true}
		with data.engines as {}
		with data.baseline as {"tier": "tier-1"}
		with data.now as "2026-08-22T12:00:00Z"
}
