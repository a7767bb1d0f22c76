package dbkeel.parameters.local_infile_off_test

import data.dbkeel.parameters.local_infile_off

test_fails_when_local_infile_is_on if {
	local_infile_off.violations == {"loads files from clients (local_infile is on); tier-1 asks to keep it off"}
		with input as {"engine": "mysql", "parameters": {"local_infile": "1"}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_local_infile_is_off if {
	local_infile_off.violations == set()
		with input as {"engine": "aurora-mysql", "parameters": {"local_infile": "0"}}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_engine_is_another if {
	local_infile_off.not_applicable == {"postgres is not MySQL or MariaDB"}
		with input as {"engine": "postgres", "parameters": {"local_infile": "1"}}
		with data.baseline as {"tier": "tier-1"}
}

test_is_applicable_when_the_engine_is_mariadb if {
	local_infile_off.not_applicable == set()
		with input as {"engine": "mariadb", "parameters": {"local_infile": "1"}}
		with data.baseline as {"tier": "tier-1"}
}
