# METADATA
# title: Secrets are rotated often enough
# description: >-
#   A password is worth something to a thief until it changes. A rotation that comes once in a while, or that stopped
#   working unseen, leaves a leak open for as long.
# custom:
#   id: DBK-ACC-023
#   severity: medium
#   covers: [secret-rotated-in-time]
#   optional: [secret_set_at]
#   parameters:
#     max_secret_age_days:
#       type: integer
#       unit: days
#       default: 90
#       minimum: 1
#       maximum: 1000
#       description: After how many days a secret that opens a database must have been rotated.
#   remediation:
#     terraform:
#       aws_secretsmanager_secret_rotation: {rotation_rules.automatically_after_days: "{{ max_secret_age_days }}"}
#     text: >-
#       Shorten the rotation. When the last one lies further back than its rule says, look for the error in the log of
#       the function that rotates.
package dbkeel.access.secret_rotated_in_time

import data.dbkeel.lib.date
import data.dbkeel.lib.text

violations contains message if {
	input.rotation_period_days > data.parameters.max_secret_age_days
	message := sprintf("is rotated every %s; %s asks for %s at the most", [
		text.counted(input.rotation_period_days, "day"),
		data.baseline.tier,
		text.counted(data.parameters.max_secret_age_days, "day"),
	])
}

# Only what runs tells when that was.
violations contains message if {
	age := date.days(input.secret_set_at, data.now)
	age > data.parameters.max_secret_age_days
	message := sprintf("was last rotated %s ago; %s asks for %s at the most", [
		text.counted(age, "day"),
		data.baseline.tier,
		text.counted(data.parameters.max_secret_age_days, "day"),
	])
}
