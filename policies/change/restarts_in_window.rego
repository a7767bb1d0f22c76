# METADATA
# title: Restarts wait for the maintenance window
# description: >-
#   With `apply_immediately` the apply restarts the database, or fails it over, at whatever hour the pull request was
#   merged.
# custom:
#   id: DBK-CHG-013
#   severity: medium
#   covers: []
#   parameters:
#     restarting_attributes:
#       type: strings
#       default:
#         - ca_cert_identifier
#         - db_cluster_instance_class
#         - db_subnet_group_name
#         - dedicated_log_volume
#         - engine_version
#         - identifier
#         - instance_class
#         - license_model
#         - port
#       description: The attributes whose change restarts the database or cuts its connections.
#   remediation:
#     text: >-
#       Leave `apply_immediately` off, and the change is made in the maintenance window; a change of the port is best
#       merged when a restart does not hurt.
package dbkeel.change.restarts_in_window

import data.dbkeel.lib.text

# RDS.md section 6: the port is changed at once, whatever `apply_immediately` says.
at_once := {"port"}

restarting := {attribute |
	some attribute in input.changed_attributes
	attribute in data.parameters.restarting_attributes
}

sudden := restarting if input.apply_immediately

sudden := restarting & at_once if not input.apply_immediately

violations contains message if {
	input.planned_action == "update"
	count(sudden) > 0
	message := sprintf("the plan changes %s and restarts the database at once; %s asks to wait for the window", [
		text.listed(sudden),
		data.baseline.tier,
	])
}

not_applicable contains "the plan does not change it in place" if input.planned_action != "update"

not_applicable contains "the plan changes nothing that restarts the database" if {
	input.planned_action == "update"
	count(restarting) == 0
}
