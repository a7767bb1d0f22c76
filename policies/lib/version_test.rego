package dbkeel.lib.version_test

import data.dbkeel.lib.version

test_compares_numbers_rather_than_text if {
	version.older("16.3", "16.14")
	not version.older("16.14", "16.3")
}

test_compares_release_updates_of_oracle if {
	version.older("19.0.0.0.ru-2025-10.rur-2025-10.r1", "19.0.0.0.ru-2026-04.rur-2026-04.r1")
	not version.older("19.0.0.0.ru-2026-04.rur-2026-04.r1", "19.0.0.0.ru-2025-10.rur-2025-10.r1")
	not version.older("19", "19.0.0.0.ru-2026-04.rur-2026-04.r1")
}

test_is_not_older_than_itself if not version.older("16.3", "16.3")

test_a_version_that_says_less_is_neither_older_nor_newer if {
	not version.older("16", "16.14")
	not version.older("16.14", "16")
	version.older("15", "16.14")
}

test_compares_releases_of_aurora_mysql if {
	version.older("8.0.mysql_aurora.3.08.0", "8.0.mysql_aurora.3.10.1")
	version.older("5.7.mysql_aurora.2.12.5", "8.0.mysql_aurora.3.01.0")
	not version.older("8.0.mysql_aurora.3.10.1", "8.0.mysql_aurora.3.08.0")
}

test_only_one_way_of_aurora_mysql_counts_its_releases if {
	version.counts_in("8.0.mysql_aurora.3.08.0", "3")
	not version.counts_in("8.0", "3")
	version.counts_in("8.0.35", "8.0")
	version.counts_in("16", "16")
}

test_reads_the_numbers_of_every_engine if {
	values("9.6.22") == ["9", "6", "22"]
	values("10.11.16") == ["10", "11", "16"]
	values("5.6.10a") == ["5", "6", "10"]
	values("19.0.0.0.ru-2026-04.rur-2026-04.r1") == ["19", "", "", "", "2026", "4"]
	values("8.0.40-rds.20250101") == ["8", "", "40"]
	values("15.00.4470.1.v1") == ["15", "", "4470", "1"]
	values("8.0.mysql_aurora.3.08.0") == ["3", "8", ""]
	values("latest") == []
}

test_zeros_that_lead_a_number_do_not_count if {
	version.numbers("8.0.035") == version.numbers("8.0.35")
	version.older("8.0.035", "8.0.36")
	version.older("20230501", "20240101")
}

test_precise_when_it_says_as_much if {
	version.precise("16.3", "16.14")
	version.precise("8.0.35.R2", "8.0.43")
	not version.precise("16", "16.14")
	not version.precise("latest", "16.14")
}

# Without the zeros that make them equally long; nothing is left of 0.
values(of) := [trim_left(number, "0") | some number in version.numbers(of)]
