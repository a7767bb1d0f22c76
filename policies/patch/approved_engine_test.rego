package dbkeel.patch.approved_engine_test

import data.dbkeel.patch.approved_engine

test_fails_when_the_engine_is_not_on_the_list if {
	approved_engine.violations == {"runs oracle-ee; tier-1 approves aurora-postgresql and postgres"}
		with input as {"engine": "oracle-ee", "is_replica": false}
		with data.parameters as {"approved_engines": ["postgres", "aurora-postgresql"], "refused_engines": []}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_engine_is_on_the_list if {
	count(approved_engine.violations) + count(approved_engine.not_applicable) == 0
		with input as {"engine": "postgres", "is_replica": false}
		with data.parameters as {"approved_engines": ["postgres", "aurora-postgresql"], "refused_engines": []}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_list_is_empty if {
	approved_engine.not_applicable == {"tier-2 approves every engine"}
		with input as {"engine": "postgres", "is_replica": false}
		with data.parameters as {"approved_engines": [], "refused_engines": []}
		with data.baseline as {"tier": "tier-2"}
}

test_not_applicable_when_it_is_a_replica if {
	approved_engine.not_applicable == {"a replica; it has the engine of its source"}
		with input as {"engine": "oracle-ee", "is_replica": true}
		with data.parameters as {"approved_engines": ["postgres"], "refused_engines": []}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_the_engine_is_refused if {
	approved_engine.violations == {"runs memcached; tier-1 refuses it"}
		with input as {"engine": "memcached", "is_replica": false}
		with data.parameters as {"approved_engines": [], "refused_engines": ["memcached"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_another_engine_is_refused if {
	count(approved_engine.violations) + count(approved_engine.not_applicable) == 0
		with input as {"engine": "valkey", "is_replica": false}
		with data.parameters as {"approved_engines": [], "refused_engines": ["memcached"]}
		with data.baseline as {"tier": "tier-1"}
}
