# METADATA
# title: Capacity that is set aside leaves room below the account's limit
# description: >-
#   A table cannot be given more capacity than the account's limit for one table allows. One that is close to it cannot
#   grow on the day it has to, and raising a limit takes a request that people answer.
# custom:
#   id: DBK-AVA-016
#   severity: low
#   covers: [dynamodb-billing-or-throughput]
#   parameters:
#     max_table_capacity_units:
#       type: integer
#       unit: capacity units
#       default: 32000
#       minimum: 1
#       maximum: 10000000
#       description: >-
#         The capacity that one table may have set aside, to be read and to be written; 32000 is four fifths of the limit
#         that a new account has.
#   remediation:
#     text: >-
#       Pay by request where demand comes in bursts, or ask AWS to raise the account's limit for one table and set the
#       parameter to what it leaves room for.
package dbkeel.availability.capacity_within_limits

too_much(units) if units > data.parameters.max_table_capacity_units

violations contains message if {
	too_much(input.read_capacity_units)
	message := sprintf("sets aside %d units to be read; %s allows %d", [
		input.read_capacity_units,
		data.baseline.tier,
		data.parameters.max_table_capacity_units,
	])
}

violations contains message if {
	too_much(input.write_capacity_units)
	message := sprintf("sets aside %d units to be written; %s allows %d", [
		input.write_capacity_units,
		data.baseline.tier,
		data.parameters.max_table_capacity_units,
	])
}
