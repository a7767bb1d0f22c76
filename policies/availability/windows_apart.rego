# METADATA
# title: Backups and maintenance have windows of their own
# description: >-
#   The provider refuses a maintenance window that overlaps the backup window, so the apply fails half way, after the
#   plan was approved.
# custom:
#   id: DBK-AVA-005
#   severity: low
#   covers: []
#   remediation:
#     text: Move one of the two windows; both are in UTC, and half an hour each is enough.
package dbkeel.availability.windows_apart

import data.dbkeel.lib.window

violations contains message if {
	window.meet(input.maintenance_window, input.backup_window)
	message := sprintf("maintenance window %s overlaps backup window %s; %s asks to keep them apart", [
		input.maintenance_window,
		input.backup_window,
		data.baseline.tier,
	])
}
