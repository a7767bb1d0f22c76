package dbkeel.logging.event_subscription_test

import data.dbkeel.logging.event_subscription

test_fails_when_a_category_of_instances_is_left_out if {
	concat("", event_subscription.violations) == concat("", [
		"does not listen to configuration change and maintenance; ",
		"tier-1 asks for configuration change, failure and maintenance",
	])
		with input as {
			"event_source_type": "db-instance",
			"event_categories": ["failure", "low storage"],
			"subscription_enabled": true,
		}
		with data.parameters as {
			"required_instance_event_categories": ["configuration change", "failure", "maintenance"],
			"required_cluster_event_categories": ["failure", "maintenance"],
			"required_parameter_group_event_categories": ["configuration change"],
			"required_security_group_event_categories": ["configuration change", "failure"],
		}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_a_category_of_clusters_is_left_out if {
	event_subscription.violations == {"does not listen to failure; tier-1 asks for failure and maintenance"}
		with input as {
			"event_source_type": "db-cluster",
			"event_categories": ["failover", "maintenance"],
			"subscription_enabled": true,
		}
		with data.parameters as {
			"required_instance_event_categories": ["configuration change", "failure", "maintenance"],
			"required_cluster_event_categories": ["failure", "maintenance"],
			"required_parameter_group_event_categories": ["configuration change"],
			"required_security_group_event_categories": ["configuration change", "failure"],
		}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_a_subscription_to_every_source_leaves_one_out if {
	concat("", event_subscription.violations) == concat("", [
		"does not listen to maintenance; ",
		"tier-1 asks for configuration change, failure and maintenance",
	])
		with input as {
			"event_source_type": "all",
			"event_categories": ["configuration change", "failure"],
			"subscription_enabled": true,
		}
		with data.parameters as {
			"required_instance_event_categories": ["configuration change", "failure", "maintenance"],
			"required_cluster_event_categories": ["failure", "maintenance"],
			"required_parameter_group_event_categories": ["configuration change"],
			"required_security_group_event_categories": ["configuration change", "failure"],
		}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_the_subscription_is_off if {
	event_subscription.violations == {"is switched off; tier-1 asks for subscriptions that deliver"}
		with input as {"event_source_type": "all", "event_categories": ["all"], "subscription_enabled": false}
		with data.parameters as {
			"required_instance_event_categories": ["configuration change", "failure", "maintenance"],
			"required_cluster_event_categories": ["failure", "maintenance"],
			"required_parameter_group_event_categories": ["configuration change"],
			"required_security_group_event_categories": ["configuration change", "failure"],
		}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_listens_to_more_than_is_asked_for if {
	count(event_subscription.violations) + count(event_subscription.not_applicable) == 0
		with input as {
			"event_source_type": "db-cluster",
			"event_categories": ["failover", "failure", "maintenance"],
			"subscription_enabled": true,
		}
		with data.parameters as {
			"required_instance_event_categories": ["configuration change", "failure", "maintenance"],
			"required_cluster_event_categories": ["failure", "maintenance"],
			"required_parameter_group_event_categories": ["configuration change"],
			"required_security_group_event_categories": ["configuration change", "failure"],
		}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_it_listens_to_everything if {
	count(event_subscription.violations) + count(event_subscription.not_applicable) == 0
		with input as {"event_source_type": "all", "event_categories": ["all"], "subscription_enabled": true}
		with data.parameters as {
			"required_instance_event_categories": ["configuration change", "failure", "maintenance"],
			"required_cluster_event_categories": ["failure", "maintenance"],
			"required_parameter_group_event_categories": ["configuration change"],
			"required_security_group_event_categories": ["configuration change", "failure"],
		}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_nothing_is_asked_of_the_source if {
	event_subscription.not_applicable == {"no events of db-snapshot are asked for"}
		with input as {"event_source_type": "db-snapshot", "event_categories": ["all"], "subscription_enabled": false}
		with data.parameters as {
			"required_instance_event_categories": ["configuration change", "failure", "maintenance"],
			"required_cluster_event_categories": ["failure", "maintenance"],
			"required_parameter_group_event_categories": ["configuration change"],
			"required_security_group_event_categories": ["configuration change", "failure"],
		}
		with data.baseline as {"tier": "tier-1"}
}
