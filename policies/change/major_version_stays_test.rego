package dbkeel.change.major_version_stays_test

import data.dbkeel.change.major_version_stays

test_fails_when_the_plan_upgrades_a_major_version if {
	message := "the plan upgrades postgres from 9.6 to 16; tier-1 asks to have major upgrades approved"
	major_version_stays.violations == {message}
		with input as {
			"planned_action": "update",
			"engine": "postgres",
			"engine_major_version": "16",
			"allow_major_version_upgrade": true,
			"before": {"engine": "postgres", "engine_major_version": "9.6"},
		}
		with data.parameters as {"allow_planned_major_upgrades": false}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_the_provider_will_refuse_the_upgrade if {
	message := concat("; ", [
		"the plan upgrades mysql from 5.7 to 8.0, which the provider refuses without allow_major_version_upgrade",
		"tier-1 asks to have major upgrades approved",
	])
	major_version_stays.violations == {message}
		with input as {
			"planned_action": "update",
			"engine": "mysql",
			"engine_major_version": "8.0",
			"allow_major_version_upgrade": false,
			"before": {"engine": "mysql", "engine_major_version": "5.7"},
		}
		with data.parameters as {"allow_planned_major_upgrades": false}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_nothing_tells_whether_upgrades_are_allowed if {
	count(major_version_stays.violations) == 1
		with input as {
			"planned_action": "update",
			"engine": "docdb",
			"engine_major_version": "5.0",
			"before": {"engine": "docdb", "engine_major_version": "4.0"},
		}
		with data.parameters as {"allow_planned_major_upgrades": false}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_major_version_stays if {
	count(major_version_stays.violations) + count(major_version_stays.not_applicable) == 0
		with input as {
			"planned_action": "update",
			"engine": "postgres",
			"engine_major_version": "16",
			"allow_major_version_upgrade": true,
			"before": {"engine": "postgres", "engine_major_version": "16"},
		}
		with data.parameters as {"allow_planned_major_upgrades": false}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_plan_downgrades_which_another_rule_judges if {
	count(major_version_stays.violations) + count(major_version_stays.not_applicable) == 0
		with input as {
			"planned_action": "update",
			"engine": "postgres",
			"engine_major_version": "15",
			"allow_major_version_upgrade": true,
			"before": {"engine": "postgres", "engine_major_version": "16"},
		}
		with data.parameters as {"allow_planned_major_upgrades": false}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_plan_changes_the_engine if {
	count(major_version_stays.violations) + count(major_version_stays.not_applicable) == 0
		with input as {
			"planned_action": "delete-then-create",
			"engine": "postgres",
			"engine_major_version": "16",
			"allow_major_version_upgrade": true,
			"before": {"engine": "mysql", "engine_major_version": "8.0"},
		}
		with data.parameters as {"allow_planned_major_upgrades": false}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_tier_lets_plans_upgrade if {
	major_version_stays.not_applicable == {"tier-3 lets plans upgrade major versions"}
		with input as {
			"planned_action": "update",
			"engine": "postgres",
			"engine_major_version": "16",
			"allow_major_version_upgrade": true,
			"before": {"engine": "postgres", "engine_major_version": "15"},
		}
		with data.parameters as {"allow_planned_major_upgrades": true}
		with data.baseline as {"tier": "tier-3"}
}

test_not_applicable_when_the_plan_does_nothing_to_it if {
	major_version_stays.not_applicable == {"the plan does not change it"}
		with input as {
			"planned_action": "no-op",
			"engine": "postgres",
			"engine_major_version": "16",
			"allow_major_version_upgrade": true,
			"before": {"engine": "postgres", "engine_major_version": "16"},
		}
		with data.parameters as {"allow_planned_major_upgrades": false}
		with data.baseline as {"tier": "tier-1"}
}
