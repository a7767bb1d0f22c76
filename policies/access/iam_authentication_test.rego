package dbkeel.access.iam_authentication_test

import data.dbkeel.access.iam_authentication

test_fails_when_it_is_off if {
	iam_authentication.violations == {"does not log users in with the provider's identities; tier-1 asks for it"}
		with input as {"engine": "postgres", "iam_authentication": false}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_is_on if {
	iam_authentication.violations == set()
		with input as {"engine": "mariadb", "iam_authentication": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_engine_does_not_support_it if {
	iam_authentication.not_applicable == {"sqlserver-se cannot log users in with the provider's identities"}
		with input as {"engine": "sqlserver-se", "iam_authentication": false}
		with data.baseline as {"tier": "tier-1"}
}

test_is_applicable_when_the_engine_supports_it if {
	iam_authentication.not_applicable == set()
		with input as {"engine": "aurora-postgresql", "iam_authentication": true}
		with data.baseline as {"tier": "tier-1"}
}

test_is_applicable_when_the_engine_is_a_mysql if {
	iam_authentication.not_applicable == set()
		with input as {"engine": "mariadb", "iam_authentication": false}
		with data.baseline as {"tier": "tier-1"}
}

test_is_applicable_when_the_engine_is_neptune if {
	iam_authentication.not_applicable == set()
		with input as {"engine": "neptune", "iam_authentication": false}
		with data.baseline as {"tier": "tier-1"}
}
