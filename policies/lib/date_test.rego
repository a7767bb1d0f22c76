package dbkeel.lib.date_test

import data.dbkeel.lib.date

test_no_day_lies_between_a_date_and_itself if date.days("2026-08-22T23:10:00Z", "2026-08-22") == 0

test_counts_days_ahead if date.days("2026-08-22T23:10:00Z", "2026-08-23") == 1

test_counts_days_past_as_negative if date.days("2026-08-22T00:10:00Z", "2026-08-21") == -1

test_counts_the_day_of_a_leap_year if {
	date.days("2028-02-28", "2028-03-01") == 2
	date.days("2027-02-28", "2027-03-01") == 1
}

test_counts_whole_hours_between_instants if {
	date.hours("2026-08-22T23:10:00Z", "2026-08-23T01:09:59Z") == 1
	date.hours("2026-08-22T23:10:00Z", "2026-08-23T01:10:00Z") == 2
}
