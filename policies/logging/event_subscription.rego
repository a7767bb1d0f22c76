# METADATA
# title: Event subscriptions listen to what matters
# description: >-
#   Failovers, failures, maintenance and changed settings are announced as events. A subscription that leaves out a
#   category, or that was switched off, keeps the people on duty from hearing of them.
# custom:
#   id: DBK-LOG-013
#   severity: low
#   covers: [rds-events-instance, rds-events-cluster, rds-events-parameter-group, rds-events-security-group]
#   parameters:
#     required_instance_event_categories:
#       type: strings
#       default: [configuration change, failure, maintenance]
#       description: The categories that a subscription to instances must listen to.
#     required_cluster_event_categories:
#       type: strings
#       default: [failure, maintenance]
#       description: The categories that a subscription to clusters must listen to.
#     required_parameter_group_event_categories:
#       type: strings
#       default: [configuration change]
#       description: The categories that a subscription to parameter groups must listen to.
#     required_security_group_event_categories:
#       type: strings
#       default: [configuration change, failure]
#       description: The categories that a subscription to database security groups must listen to.
#   remediation:
#     terraform:
#       aws_db_event_subscription: {enabled: "true"}
#     text: >-
#       Enable the subscription and add the missing categories, or leave `event_categories` out to listen to every one.
package dbkeel.logging.event_subscription

import data.dbkeel.lib.text

required := {
	"db-instance": data.parameters.required_instance_event_categories,
	"db-cluster": data.parameters.required_cluster_event_categories,
	"db-parameter-group": data.parameters.required_parameter_group_event_categories,
	"db-security-group": data.parameters.required_security_group_event_categories,
}

wanted := {category | some category in required[input.event_source_type]} if input.event_source_type != "all"

wanted := {category | some categories in required; some category in categories} if input.event_source_type == "all"

missing := {category | some category in wanted; not category in input.event_categories}

violations contains message if {
	not "all" in input.event_categories
	count(missing) > 0
	message := sprintf("does not listen to %s; %s asks for %s", [
		text.listed(missing),
		data.baseline.tier,
		text.listed(wanted),
	])
}

violations contains message if {
	not input.subscription_enabled
	message := sprintf("is switched off; %s asks for subscriptions that deliver", [data.baseline.tier])
}

not_applicable contains message if {
	not required[input.event_source_type]
	input.event_source_type != "all"
	message := sprintf("no events of %s are asked for", [input.event_source_type])
}
