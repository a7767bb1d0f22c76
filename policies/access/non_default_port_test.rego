package dbkeel.access.non_default_port_test

import data.dbkeel.access.non_default_port

test_fails_when_the_port_is_the_engines_default if {
	non_default_port.violations == {"listens on port 5432, the default of postgres; tier-1 asks for another"}
		with input as {"engine": "postgres", "port": 5432}
		with data.parameters as {"require_non_default_port": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_port_is_the_default_of_another_engine if {
	non_default_port.violations == set()
		with input as {"engine": "postgres", "port": 3306}
		with data.parameters as {"require_non_default_port": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_port_is_its_own if {
	non_default_port.violations == set()
		with input as {"engine": "postgres", "port": 5433}
		with data.parameters as {"require_non_default_port": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_tier_does_not_ask if {
	non_default_port.not_applicable == {"tier-3 does not ask for a port of its own"}
		with input as {"engine": "postgres", "port": 5432}
		with data.parameters as {"require_non_default_port": false}
		with data.baseline as {"tier": "tier-3"}
}

test_is_applicable_when_the_tier_asks if {
	non_default_port.not_applicable == set()
		with input as {"engine": "postgres", "port": 5432}
		with data.parameters as {"require_non_default_port": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_nobody_can_choose_the_port if {
	non_default_port.not_applicable == {"nobody can choose the port of dax"}
		with input as {"engine": "dax", "port": 9111}
		with data.parameters as {"require_non_default_port": true}
		with data.baseline as {"tier": "tier-1"}
}
