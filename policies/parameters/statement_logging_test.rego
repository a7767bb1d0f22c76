package dbkeel.parameters.statement_logging_test

import data.dbkeel.parameters.statement_logging

test_fails_when_statements_are_not_logged if {
	expected := "logs statements at level none (log_statement); tier-1 asks for one of ddl, mod, all"
	statement_logging.violations == {expected}
		with input as {
			"engine": "postgres",
			"parameters": {"log_statement": "none", "log_min_duration_statement": "1000"},
		}
		with data.parameters as {"log_statement_levels": ["ddl", "mod", "all"]}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_slow_statements_are_not_logged if {
	expected := concat(" ", [
		"does not log slow statements (log_min_duration_statement is -1);",
		"tier-1 asks for a threshold",
	])
	statement_logging.violations == {expected}
		with input as {
			"engine": "aurora-postgresql",
			"parameters": {"log_statement": "ddl", "log_min_duration_statement": "-1"},
		}
		with data.parameters as {"log_statement_levels": ["ddl", "mod", "all"]}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_the_level_is_not_among_those_asked_for if {
	count(statement_logging.violations) == 1
		with input as {
			"engine": "postgres",
			"parameters": {"log_statement": "ddl", "log_min_duration_statement": "0"},
		}
		with data.parameters as {"log_statement_levels": ["mod", "all"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_both_are_logged_down_to_a_threshold_of_zero if {
	statement_logging.violations == set()
		with input as {
			"engine": "postgres",
			"parameters": {"log_statement": "ddl", "log_min_duration_statement": "0"},
		}
		with data.parameters as {"log_statement_levels": ["ddl", "mod", "all"]}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_engine_is_another if {
	statement_logging.not_applicable == {"mysql is not PostgreSQL"}
		with input as {
			"engine": "mysql",
			"parameters": {"log_statement": "none", "log_min_duration_statement": "-1"},
		}
		with data.parameters as {"log_statement_levels": ["ddl", "mod", "all"]}
		with data.baseline as {"tier": "tier-1"}
}

test_is_applicable_when_the_engine_is_postgresql if {
	statement_logging.not_applicable == set()
		with input as {
			"engine": "postgres",
			"parameters": {"log_statement": "none", "log_min_duration_statement": "-1"},
		}
		with data.parameters as {"log_statement_levels": ["ddl", "mod", "all"]}
		with data.baseline as {"tier": "tier-1"}
}
