# METADATA
# title: Secrets that nobody uses are removed
# description: >-
#   A password that nobody has asked for in months belongs to an application that is gone. It still opens the database,
#   and nobody would notice if somebody else used it.
# custom:
#   id: DBK-OWN-006
#   severity: low
#   covers: [secret-unused]
#   parameters:
#     max_unused_secret_days:
#       type: integer
#       unit: days
#       default: 90
#       minimum: 1
#       maximum: 365
#       description: After how many days without use a secret must be removed.
#   remediation:
#     text: Take the database user away, wait for complaints, and delete the secret.
package dbkeel.ownership.secret_in_use

import data.dbkeel.lib.date
import data.dbkeel.lib.text

unused := date.days(input.secret_last_used_at, data.now)

violations contains message if {
	unused > data.parameters.max_unused_secret_days
	message := sprintf("has not been used for %s; %s asks to remove it after %s", [
		text.counted(unused, "day"),
		data.baseline.tier,
		text.counted(data.parameters.max_unused_secret_days, "day"),
	])
}
