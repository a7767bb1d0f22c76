package dbkeel.patch.engine_standard_support_test

import data.dbkeel.patch.engine_standard_support

test_fails_when_support_ended_yesterday if {
	message := "postgres 13: standard support ended 2026-02-28; tier-1 asks for a version in standard support"
	engine_standard_support.violations == {message}
		with input as {"engine": "postgres", "engine_major_version": "13"}
		with data.engines as {"postgres": {"13": {"standard_support_ends": "2026-02-28"}}}
		with data.parameters as {"warn_days_before_end_of_support": 0}
		with data.baseline as {"tier": "tier-1"}
		with data.now as "2026-03-01T00:00:00Z"
}

test_passes_on_the_last_day_when_none_is_asked_ahead if {
	count(engine_standard_support.violations) == 0
		with input as {"engine": "postgres", "engine_major_version": "13"}
		with data.engines as {"postgres": {"13": {"standard_support_ends": "2026-02-28"}}}
		with data.parameters as {"warn_days_before_end_of_support": 0}
		with data.baseline as {"tier": "tier-1"}
		with data.now as "2026-02-28T23:59:59Z"
}

test_fails_when_the_end_is_one_day_too_near if {
	message := "postgres 14: standard support ends 2027-02-28; tier-1 asks for 180 days of it ahead"
	engine_standard_support.violations == {message}
		with input as {"engine": "postgres", "engine_major_version": "14"}
		with data.engines as {"postgres": {"14": {"standard_support_ends": "2027-02-28"}}}
		with data.parameters as {"warn_days_before_end_of_support": 180}
		with data.baseline as {"tier": "tier-1"}
		with data.now as "2026-09-02T12:00:00Z"
}

test_passes_when_the_end_is_exactly_far_enough if {
	count(engine_standard_support.violations) + count(engine_standard_support.not_applicable) == 0
		with input as {"engine": "postgres", "engine_major_version": "14"}
		with data.engines as {"postgres": {"14": {"standard_support_ends": "2027-02-28"}}}
		with data.parameters as {"warn_days_before_end_of_support": 180}
		with data.baseline as {"tier": "tier-1"}
		with data.now as "2026-09-01T12:00:00Z"
}

test_fails_when_support_ended_on_an_unknown_date if {
	message := "postgres 9.5: standard support has ended; tier-1 asks for a version in standard support"
	engine_standard_support.violations == {message}
		with input as {"engine": "postgres", "engine_major_version": "9.5"}
		with data.engines as {"postgres": {"9.5": {"ended": true}}}
		with data.parameters as {"warn_days_before_end_of_support": 180}
		with data.baseline as {"tier": "tier-1"}
		with data.now as "2026-08-22T12:00:00Z"
}

test_fails_once_when_the_date_is_known_too if {
	count(engine_standard_support.violations) == 1
		with input as {"engine": "mysql", "engine_major_version": "5.6"}
		with data.engines as {"mysql": {"5.6": {"ended": true, "standard_support_ends": "2022-03-01"}}}
		with data.parameters as {"warn_days_before_end_of_support": 180}
		with data.baseline as {"tier": "tier-1"}
		with data.now as "2026-08-22T12:00:00Z"
}

test_not_applicable_when_no_end_is_known if {
	engine_standard_support.not_applicable == {"no end of support is known for oracle-ee 19"}
		with input as {"engine": "oracle-ee", "engine_major_version": "19"}
		with data.engines as {"postgres": {"14": {"standard_support_ends": "2027-02-28"}}}
		with data.parameters as {"warn_days_before_end_of_support": 180}
		with data.baseline as {"tier": "tier-1"}
		with data.now as "2026-08-22T12:00:00Z"
}
