package dbkeel.access.known_administrator_not_public_test

import data.dbkeel.access.known_administrator_not_public

test_fails_when_both_come_together if {
	known_administrator_not_public.violations == {"has a public address and an administrator called awsuser; tier-1 asks for neither"}
		with input as {"publicly_accessible": true, "master_username": "awsuser"}
		with data.parameters as {"well_known_usernames": ["awsuser"]}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_the_name_is_written_in_another_case if {
	count(known_administrator_not_public.violations) == 1
		with input as {"publicly_accessible": true, "master_username": "AWSUser"}
		with data.parameters as {"well_known_usernames": ["awsuser"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_name_is_its_own if {
	known_administrator_not_public.violations == set()
		with input as {"publicly_accessible": true, "master_username": "awsuser2"}
		with data.parameters as {"well_known_usernames": ["awsuser"]}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_there_is_no_public_address if {
	known_administrator_not_public.not_applicable == {"has no public address"}
		with input as {"publicly_accessible": false, "master_username": "awsuser"}
}

test_passes_when_there_is_no_public_address if {
	known_administrator_not_public.violations == set()
		with input as {"publicly_accessible": false, "master_username": "awsuser"}
		with data.parameters as {"well_known_usernames": ["awsuser"]}
		with data.baseline as {"tier": "tier-1"}
}

test_is_applicable_when_the_address_is_public if {
	known_administrator_not_public.not_applicable == set() with input as {"publicly_accessible": true, "master_username": "awsuser"}
}
