# METADATA
# title: A table that holds nothing is cleared away
# description: >-
#   An empty table is a leftover of something that was tried or moved. It keeps its capacity, its name and the rights that
#   were granted on it, and nobody misses any of them until they are misused.
# custom:
#   id: DBK-OWN-007
#   severity: info
#   covers: [dynamodb-unused-table]
#   parameters:
#     max_empty_table_age_days:
#       type: integer
#       unit: days
#       default: 30
#       minimum: 1
#       maximum: 3650
#       description: How long a table may exist without holding anything.
#   remediation:
#     text: Ask its owner, by tag or by who created it, and delete the table; a backup of it costs next to nothing.
package dbkeel.ownership.table_in_use

import data.dbkeel.lib.date
import data.dbkeel.lib.text

age := date.days(input.created_at, input.observed_at)

violations contains message if {
	input.item_count == 0
	age > data.parameters.max_empty_table_age_days
	message := sprintf("holds nothing, %s after it was made; %s asks to clear such tables away after %d", [
		text.counted(age, "day"),
		data.baseline.tier,
		data.parameters.max_empty_table_age_days,
	])
}
