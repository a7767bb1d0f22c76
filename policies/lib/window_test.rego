package dbkeel.lib.window_test

import data.dbkeel.lib.window

test_windows_that_share_minutes_meet if {
	window.meet("sun:04:00-sun:05:00", "04:30-05:30")
	window.meet("sun:04:00-sun:05:00", "03:30-04:01")
	window.meet("sun:04:00-sun:05:00", "03:00-06:00")
	window.meet("sun:04:00-sun:05:00", "04:15-04:45")
	window.meet("sun:04:00-sun:05:00", "04:00-05:00")
}

test_windows_that_touch_do_not_meet if {
	not window.meet("sun:04:00-sun:05:00", "05:00-05:30")
	not window.meet("sun:04:00-sun:05:00", "03:30-04:00")
}

test_windows_meet_round_midnight if {
	window.meet("sun:23:30-mon:00:30", "00:00-00:30")
	window.meet("mon:00:00-mon:00:30", "23:45-00:15")
	window.meet("sat:23:45-sun:00:15", "23:30-00:00")
	not window.meet("sun:23:30-mon:00:30", "00:30-01:00")
	not window.meet("mon:00:15-mon:00:45", "23:45-00:15")
}
