# METADATA
# title: A recent backup is out of reach of everybody
# description: >-
#   Whoever takes over an account takes over its backups as well. A logically air-gapped vault belongs to the backup
#   service: nobody in the account can delete what is in it or change its key.
# custom:
#   id: DBK-RET-011
#   severity: low
#   covers: [aurora-air-gapped-vault]
#   parameters:
#     max_air_gapped_backup_age_days:
#       type: integer
#       unit: days
#       default: 0
#       minimum: 0
#       maximum: 365
#       description: How old the newest recovery point in a logically air-gapped vault may be; 0 asks for none.
#   remediation:
#     text: >-
#       Let the backup plan copy its recovery points to a logically air-gapped vault, best of another account, at least
#       as often as the baseline asks.
package dbkeel.retention.air_gapped_backup

import data.dbkeel.lib.date
import data.dbkeel.lib.text

none if input.last_air_gapped_backup == ""

violations contains message if {
	none
	message := sprintf("has no recovery point in an air-gapped vault; %s asks for one", [data.baseline.tier])
}

violations contains message if {
	not none
	age := date.days(input.last_air_gapped_backup, data.now)
	age > data.parameters.max_air_gapped_backup_age_days
	message := sprintf("has its newest air-gapped recovery point of %s ago; %s asks for %s at the most", [
		text.counted(age, "day"),
		data.baseline.tier,
		text.counted(data.parameters.max_air_gapped_backup_age_days, "day"),
	])
}

not_applicable contains message if {
	data.parameters.max_air_gapped_backup_age_days == 0
	message := sprintf("%s does not ask for an air-gapped backup", [data.baseline.tier])
}

not_applicable contains "a replica; backups are taken of its source" if input.is_replica
