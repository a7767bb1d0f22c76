package dbkeel.change.version_not_downgraded_test

import data.dbkeel.change.version_not_downgraded

test_fails_when_the_minor_version_goes_back if {
	message := "the plan asks for postgres 16.9 where 16.14 was; tier-1 asks for no downgrade"
	version_not_downgraded.violations == {message}
		with input as {
			"planned_action": "update",
			"engine": "postgres",
			"engine_version": "16.9",
			"engine_major_version": "16",
			"before": {"engine": "postgres", "engine_version": "16.14", "engine_major_version": "16"},
		}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_the_major_version_goes_back if {
	message := "the plan asks for postgres 15 where 16.3 was; tier-1 asks for no downgrade"
	version_not_downgraded.violations == {message}
		with input as {
			"planned_action": "update",
			"engine": "postgres",
			"engine_version": "15",
			"engine_major_version": "15",
			"before": {"engine": "postgres", "engine_version": "16.3", "engine_major_version": "16"},
		}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_aurora_mysql_goes_back_a_major_version if {
	message := "the plan asks for aurora-mysql 5.7 where 8.0.mysql_aurora.3.08.0 was; tier-1 asks for no downgrade"
	version_not_downgraded.violations == {message}
		with input as {
			"planned_action": "update",
			"engine": "aurora-mysql",
			"engine_version": "5.7",
			"engine_major_version": "2",
			"before": {
				"engine": "aurora-mysql",
				"engine_version": "8.0.mysql_aurora.3.08.0",
				"engine_major_version": "3",
			},
		}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_version_stays if {
	count(version_not_downgraded.violations) + count(version_not_downgraded.not_applicable) == 0
		with input as {
			"planned_action": "update",
			"engine": "postgres",
			"engine_version": "16.3",
			"engine_major_version": "16",
			"before": {"engine": "postgres", "engine_version": "16.3", "engine_major_version": "16"},
		}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_plan_says_less_of_the_same_version if {
	count(version_not_downgraded.violations) + count(version_not_downgraded.not_applicable) == 0
		with input as {
			"planned_action": "update",
			"engine": "postgres",
			"engine_version": "16",
			"engine_major_version": "16",
			"before": {"engine": "postgres", "engine_version": "16.3", "engine_major_version": "16"},
		}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_aurora_mysql_is_named_in_the_other_way if {
	count(version_not_downgraded.violations) + count(version_not_downgraded.not_applicable) == 0
		with input as {
			"planned_action": "update",
			"engine": "aurora-mysql",
			"engine_version": "8.0.mysql_aurora.3.08.0",
			"engine_major_version": "3",
			"before": {"engine": "aurora-mysql", "engine_version": "8.0", "engine_major_version": "3"},
		}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_version_goes_up if {
	count(version_not_downgraded.violations) + count(version_not_downgraded.not_applicable) == 0
		with input as {
			"planned_action": "update",
			"engine": "postgres",
			"engine_version": "16.3",
			"engine_major_version": "16",
			"before": {"engine": "postgres", "engine_version": "15.9", "engine_major_version": "15"},
		}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_plan_changes_the_engine if {
	count(version_not_downgraded.violations) + count(version_not_downgraded.not_applicable) == 0
		with input as {
			"planned_action": "delete-then-create",
			"engine": "mysql",
			"engine_version": "8.0.43",
			"engine_major_version": "8.0",
			"before": {"engine": "postgres", "engine_version": "16.3", "engine_major_version": "16"},
		}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_plan_does_nothing_to_it if {
	version_not_downgraded.not_applicable == {"the plan does not change it"}
		with input as {
			"planned_action": "no-op",
			"engine": "postgres",
			"engine_version": "16.3",
			"engine_major_version": "16",
			"before": {"engine": "postgres", "engine_version": "16.3", "engine_major_version": "16"},
		}
		with data.baseline as {"tier": "tier-1"}
}
