# METADATA
# title: Manual snapshots are not kept for ever
# description: >-
#   A snapshot that somebody took stays until somebody deletes it. It holds personal data past the day on which the
#   database itself forgot them, it is charged, and nobody remembers who may restore it.
# custom:
#   id: DBK-RET-010
#   severity: low
#   covers: [rds-snapshot-age]
#   parameters:
#     max_manual_snapshot_age_days:
#       type: integer
#       unit: days
#       default: 365
#       minimum: 1
#       maximum: 3650
#       description: How long a manual snapshot may be kept.
#   remediation:
#     text: Delete the snapshot, or export what has to be kept by law to an archive that forgets in time.
package dbkeel.retention.manual_snapshot_age

import data.dbkeel.lib.date
import data.dbkeel.lib.text

age := date.days(input.snapshot_created_at, data.now)

violations contains message if {
	age > data.parameters.max_manual_snapshot_age_days
	message := sprintf("has been kept for %s; %s asks for %s at the most", [
		text.counted(age, "day"),
		data.baseline.tier,
		text.counted(data.parameters.max_manual_snapshot_age_days, "day"),
	])
}

not_applicable contains "an automated snapshot, which the provider deletes" if not input.manual_snapshot
