# METADATA
# title: No maintenance is about to be forced
# description: >-
#   Maintenance that waits can be made when it suits. Past its date the provider makes it in any case, with the restart
#   that belongs to it, and until then the flaw that it mends stays open.
# custom:
#   id: DBK-PAT-010
#   severity: medium
#   covers: [rds-no-overdue-maintenance]
#   optional: [maintenance_forced_at]
#   parameters:
#     warn_days_before_forced_maintenance:
#       type: integer
#       unit: days
#       default: 14
#       minimum: 0
#       maximum: 365
#       description: How many days before maintenance is forced it has to be made; 0 fails only past the date.
#   remediation:
#     text: Apply the waiting maintenance in the next window, after a try on a copy, or opt in to it for a date that suits.
package dbkeel.patch.no_overdue_maintenance

import data.dbkeel.lib.date
import data.dbkeel.lib.text

days_left := date.days(data.now, input.maintenance_forced_at)

forced_on := substring(input.maintenance_forced_at, 0, 10)

violations contains message if {
	count(input.pending_maintenance) > 0
	days_left < 0
	message := sprintf("has %s waiting, which was to be forced %s; %s asks to make it before", [
		text.listed(input.pending_maintenance),
		forced_on,
		data.baseline.tier,
	])
}

violations contains message if {
	count(input.pending_maintenance) > 0
	days_left >= 0
	days_left < data.parameters.warn_days_before_forced_maintenance
	message := sprintf("has %s waiting, which is forced %s; %s asks to make it %s before", [
		text.listed(input.pending_maintenance),
		forced_on,
		data.baseline.tier,
		text.counted(data.parameters.warn_days_before_forced_maintenance, "day"),
	])
}
