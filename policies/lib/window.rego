# Weekly maintenance windows (`sun:04:00-sun:05:00`) and daily backup windows (`03:00-03:30`), as minutes.
package dbkeel.lib.window

day := 24 * 60

week := 7 * day

days := ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

# Each lasts a day at most, so they meet where one begins within the other, by the time of day.
meet(weekly, daily) if {
	[opens, closes] := span(weekly)
	[begins, ends] := span(daily)
	until(opens, begins, day) < until(opens, closes, week)
	begins != ends
}

meet(weekly, daily) if {
	[opens, closes] := span(weekly)
	[begins, ends] := span(daily)
	until(begins, opens, day) < until(begins, ends, day)
	opens != closes
}

# Minutes from one minute to the next occurrence of another.
until(from, to, cycle) := (((to - from) % cycle) + cycle) % cycle

span(window) := [minute(end) | some end in split(window, "-")]

# `03:30` counts from midnight, `sun:03:30` from the midnight before Monday.
minute(moment) := clock(moment) if count(moment) == 5

minute(moment) := (position * day) + clock(substring(moment, 4, 5)) if {
	some position, name in days
	startswith(moment, name)
}

clock(moment) := (number(hours) * 60) + number(minutes) if [hours, minutes] := split(moment, ":")

number(digits) := to_number(trim_prefix(digits, "0"))
