# METADATA
# title: Parameter and option groups are in force
# description: >-
#   A group that waits for a reboot or a window says what the database will do, not what it does: a setting that looks
#   right in the console protects nothing yet, and the next restart may change more than anybody expects.
# custom:
#   id: DBK-PAR-012
#   severity: low
#   covers: [rds-instance-parameter-group-in-sync]
#   remediation:
#     text: >-
#       Reboot the database in its maintenance window, or take the change back; a group that could not be applied needs
#       its settings mended first.
package dbkeel.parameters.groups_in_force

import data.dbkeel.lib.text

violations contains message if {
	count(input.unapplied_groups) > 0
	message := sprintf("does not run with %s; %s asks for groups that are in sync", [
		text.listed(input.unapplied_groups),
		data.baseline.tier,
	])
}
