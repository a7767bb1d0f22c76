package dbkeel.parameters.connection_logging_test

import data.dbkeel.parameters.connection_logging

test_fails_when_connections_are_not_logged if {
	connection_logging.violations == {"does not log connections (log_connections is off); tier-1 asks for it"}
		with input as {"engine": "postgres", "parameters": {"log_connections": "0"}}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_the_list_is_empty if {
	count(connection_logging.violations) == 1
		with input as {"engine": "aurora-postgresql", "parameters": {"log_connections": ""}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_connections_are_logged if {
	connection_logging.violations == set()
		with input as {"engine": "postgres", "parameters": {"log_connections": "1"}}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_list_names_what_to_log if {
	connection_logging.violations == set()
		with input as {"engine": "postgres", "parameters": {"log_connections": "authentication,authorization"}}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_engine_is_another if {
	connection_logging.not_applicable == {"mariadb is not PostgreSQL"}
		with input as {"engine": "mariadb", "parameters": {"log_connections": "0"}}
		with data.baseline as {"tier": "tier-1"}
}

test_is_applicable_when_the_engine_is_postgresql if {
	connection_logging.not_applicable == set()
		with input as {"engine": "postgres", "parameters": {"log_connections": "0"}}
		with data.baseline as {"tier": "tier-1"}
}
