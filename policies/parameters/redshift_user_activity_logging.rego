# METADATA
# title: Redshift logs what users run
# description: >-
#   The log of connections says who was there, not what they read. Without this parameter the third audit log, of every
#   query before it runs, stays empty even when audit logging is on.
# custom:
#   id: DBK-PAR-019
#   severity: low
#   covers: [redshift-user-activity-logging]
#   remediation:
#     terraform:
#       aws_redshift_parameter_group: {parameter: enable_user_activity_logging = true}
#       aws_redshiftserverless_workgroup: {config_parameter: enable_user_activity_logging = true}
#     text: >-
#       Set it in a parameter group of the cluster's own and reboot the cluster in a maintenance window; it needs audit
#       logging to be delivered.
package dbkeel.parameters.redshift_user_activity_logging

import data.dbkeel.lib.engines

not_applicable contains message if {
	not engines.is_redshift(input.engine)
	message := sprintf("%s is not Redshift", [input.engine])
}

violations contains message if {
	input.parameters.enable_user_activity_logging != "1"
	message := sprintf("does not log what users run (enable_user_activity_logging is off); %s asks for it", [data.baseline.tier])
}
