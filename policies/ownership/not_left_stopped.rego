# METADATA
# title: No database is left stopped
# description: >-
#   Whoever stops a database means to start or delete it soon. The provider starts it again after seven days without
#   asking, to patch it, and from then on it runs, and is paid for, unseen.
# custom:
#   id: DBK-OWN-005
#   severity: info
#   covers: [rds-blue-green-leftovers]
#   parameters:
#     max_stopped_days:
#       type: integer
#       unit: days
#       default: 5
#       minimum: 0
#       maximum: 7
#       description: For how many days a database may be stopped; after seven the provider starts it again.
#   remediation:
#     text: Start the database if somebody needs it; otherwise take a final snapshot and delete it.
package dbkeel.ownership.not_left_stopped

import data.dbkeel.lib.date
import data.dbkeel.lib.text

days := date.days(input.stopped_since, data.now)

violations contains message if {
	days > data.parameters.max_stopped_days
	message := sprintf("has been stopped for %s; %s asks for %s at the most", [
		text.counted(days, "day"),
		data.baseline.tier,
		text.counted(data.parameters.max_stopped_days, "day"),
	])
}
