package dbkeel.patch.mysql_release_fixed_test

import data.dbkeel.patch.mysql_release_fixed

test_fails_when_the_release_is_one_too_old if {
	mysql_release_fixed.violations == {"mysql 5.6.20 has flaws that need no password; tier-1 asks for 5.6.21 or later"}
		with input as {"engine": "mysql", "engine_version": "5.6.20", "engine_major_version": "5.6"}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_release_is_the_first_without_them if {
	count(mysql_release_fixed.violations) + count(mysql_release_fixed.not_applicable) == 0
		with input as {"engine": "mysql", "engine_version": "5.5.40", "engine_major_version": "5.5"}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_major_version_never_had_them if {
	count(mysql_release_fixed.violations) + count(mysql_release_fixed.not_applicable) == 0
		with input as {"engine": "mysql", "engine_version": "8.0", "engine_major_version": "8.0"}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_minor_version_is_not_declared if {
	mysql_release_fixed.not_applicable == {"5.6 does not say which minor version runs"}
		with input as {"engine": "mysql", "engine_version": "5.6", "engine_major_version": "5.6"}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_it_is_another_engine if {
	mysql_release_fixed.not_applicable == {"mariadb is not MySQL"}
		with input as {"engine": "mariadb", "engine_version": "10.11.6", "engine_major_version": "10.11"}
		with data.baseline as {"tier": "tier-1"}
}
