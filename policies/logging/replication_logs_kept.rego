# METADATA
# title: Replication tasks log what they read and write
# description: >-
#   When rows are missing after a migration, the log of the task is the only record of what was read, what was written and
#   what was skipped. A log that keeps errors only does not say which rows a warning was about.
# custom:
#   id: DBK-LOG-027
#   severity: low
#   covers: [dms-task-logging]
#   parameters:
#     required_replication_logs:
#       type: strings
#       default: [source_capture, source_unload, target_apply, target_load]
#       description: The phases of a replication task whose log must keep at least the default.
#   remediation:
#     text: >-
#       Set Logging.EnableLogging to true in replication_task_settings, and no component named there below
#       LOGGER_SEVERITY_DEFAULT. A running task has to be stopped first. Keep severities above that for a short time only,
#       as they write very much.
package dbkeel.logging.replication_logs_kept

import data.dbkeel.lib.text

missing := {phase | some phase in data.parameters.required_replication_logs; not phase in input.replication_logs}

violations contains message if {
	count(missing) > 0
	message := sprintf("does not log %s; %s asks for it", [text.listed(missing), data.baseline.tier])
}

not_applicable contains message if {
	count(data.parameters.required_replication_logs) == 0
	message := sprintf("%s asks for no logs of replication tasks", [data.baseline.tier])
}
