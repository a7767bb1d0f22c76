# METADATA
# title: No blue/green deployment is left behind
# description: >-
#   A blue/green deployment doubles the database until it is switched over and deleted. One that nobody finished is paid
#   for, ages, and holds a second copy of the data that no one looks after.
# custom:
#   id: DBK-OWN-004
#   severity: info
#   covers: [rds-blue-green-leftovers]
#   parameters:
#     max_blue_green_age_days:
#       type: integer
#       unit: days
#       default: 30
#       minimum: 1
#       maximum: 365
#       description: After how many days a blue/green deployment must be finished.
#   remediation:
#     text: Switch over and delete the deployment, or delete it together with its green copy.
package dbkeel.ownership.blue_green_finished

import data.dbkeel.lib.date
import data.dbkeel.lib.text

age := date.days(input.blue_green_since, data.now)

violations contains message if {
	age > data.parameters.max_blue_green_age_days
	message := sprintf("has a blue/green deployment of %s ago; %s asks to finish it within %s", [
		text.counted(age, "day"),
		data.baseline.tier,
		text.counted(data.parameters.max_blue_green_age_days, "day"),
	])
}
