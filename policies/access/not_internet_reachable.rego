# METADATA
# title: Nobody on the internet can reach the database
# description: >-
#   A public address, an open security group and a route to an internet gateway are each a risk; together they are an
#   exposed database, which is found and attacked within minutes.
# custom:
#   id: DBK-ACC-005
#   severity: critical
#   covers: [rds-instance-internet-reachable]
#   monotone: [ingress_cidrs, subnets_with_internet_route]
#   remediation:
#     terraform:
#       aws_db_instance: {publicly_accessible: "false"}
#     text: >-
#       Break the chain at once at its fastest link, which is the security group; then take away the public address,
#       and move the database to private subnets.
package dbkeel.access.not_internet_reachable

import data.dbkeel.lib.addresses

not_applicable contains "has no public address" if input.publicly_accessible == false

violations contains message if {
	input.publicly_accessible == true
	some cidr in input.ingress_cidrs
	addresses.is_everywhere(cidr)
	count(input.subnets_with_internet_route) > 0
	message := sprintf("has a public address, lets in %s and has a route to the internet; %s asks to keep it off", [
		cidr,
		data.baseline.tier,
	])
}
