package dbkeel.logging.activity_stream_test

import data.dbkeel.logging.activity_stream

test_fails_when_no_stream_runs if {
	activity_stream.violations == {"sends out no activity stream; tier-1 asks for one"}
		with input as {"engine": "aurora-postgresql", "activity_stream": false}
		with data.parameters as {"require_activity_stream": true}
		with data.baseline as {"tier": "tier-1"}
}

test_applies_to_aurora_mysql if {
	count(activity_stream.not_applicable) == 0
		with input as {"engine": "aurora-mysql", "activity_stream": false}
		with data.parameters as {"require_activity_stream": true}
}

test_applies_to_oracle if {
	count(activity_stream.not_applicable) == 0
		with input as {"engine": "oracle-ee", "activity_stream": false}
		with data.parameters as {"require_activity_stream": true}
}

test_applies_to_sql_server if {
	count(activity_stream.not_applicable) == 0
		with input as {"engine": "sqlserver-se", "activity_stream": false}
		with data.parameters as {"require_activity_stream": true}
}

test_passes_when_a_stream_runs if {
	count(activity_stream.violations) == 0
		with input as {"engine": "aurora-postgresql", "activity_stream": true}
		with data.parameters as {"require_activity_stream": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_engine_has_none if {
	activity_stream.not_applicable == {"postgres has no activity streams"}
		with input as {"engine": "postgres", "activity_stream": false}
		with data.parameters as {"require_activity_stream": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_none_is_asked_for if {
	activity_stream.not_applicable == {"tier-2 does not ask for an activity stream"}
		with input as {"engine": "aurora-mysql", "activity_stream": false}
		with data.parameters as {"require_activity_stream": false}
		with data.baseline as {"tier": "tier-2"}
}
