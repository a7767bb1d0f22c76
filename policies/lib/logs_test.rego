package dbkeel.lib.logs_test

import data.dbkeel.lib.logs

test_names_what_is_missing_and_what_is_asked_for if {
	logs.gap(["audit", "profiler"], ["profiler"], "tier-1")
		== "does not export its audit log; tier-1 asks for audit and profiler"
	logs.gap(["audit", "profiler"], [], "tier-1")
		== "does not export its audit and profiler logs; tier-1 asks for audit and profiler"
}

test_says_nothing_when_all_are_exported if not logs.gap(["audit"], ["audit", "error"], "tier-1")

test_says_nothing_when_none_is_asked_for if not logs.gap([], [], "tier-3")
