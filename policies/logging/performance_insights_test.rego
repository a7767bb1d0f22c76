package dbkeel.logging.performance_insights_test

import data.dbkeel.logging.performance_insights

test_fails_when_query_load_is_not_recorded if {
	performance_insights.violations == {"records no query load; tier-1 asks for it"}
		with input as {"performance_insights": false, "engine": "mysql", "instance_class": "db.t3.medium"}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_a_cluster_without_class_does_not_record_it if {
	count(performance_insights.violations) == 1
		with input as {"performance_insights": false, "engine": "aurora-mysql"}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_query_load_is_recorded if {
	count(performance_insights.violations) + count(performance_insights.not_applicable) == 0
		with input as {"performance_insights": true, "engine": "postgres", "instance_class": "db.t3.micro"}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_class_is_too_small if {
	performance_insights.not_applicable == {"mysql on db.t4g.small cannot record query load"}
		with input as {"performance_insights": false, "engine": "mysql", "instance_class": "db.t4g.small"}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_engine_cannot if {
	performance_insights.not_applicable == {"db2-se cannot record query load"}
		with input as {"performance_insights": false, "engine": "db2-se", "instance_class": "db.r6i.large"}
		with data.baseline as {"tier": "tier-1"}
}
