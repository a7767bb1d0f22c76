# METADATA
# title: The subnets span several zones
# description: >-
#   A database can only fail over to a zone in which its subnet group has a subnet. Zones are hard to add in the middle
#   of an outage.
# custom:
#   id: DBK-AVA-003
#   severity: low
#   covers: [rds-subnet-group-zones]
#   parameters:
#     min_subnet_zones:
#       type: integer
#       unit: zones
#       default: 2
#       minimum: 1
#       maximum: 6
#       description: How many availability zones the subnets of a database must lie in.
#   remediation:
#     text: Add subnets in further availability zones to the subnet group; it takes effect at once, without a restart.
package dbkeel.availability.subnet_zones

import data.dbkeel.lib.text

zones := {zone | some zone in input.subnet_zones}

violations contains message if {
	count(zones) < data.parameters.min_subnet_zones
	message := sprintf("has subnets in %s; %s asks for %d", [
		text.counted(count(zones), "zone"),
		data.baseline.tier,
		data.parameters.min_subnet_zones,
	])
}
