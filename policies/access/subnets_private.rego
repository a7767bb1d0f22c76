# METADATA
# title: The database lives in private subnets
# description: >-
#   In a subnet with a route to an internet gateway one changed flag is enough to put the database on the internet.
#   Without that route no flag and no security group can.
# custom:
#   id: DBK-ACC-004
#   severity: high
#   covers: [rds-instance-private-subnet, neptune-private-subnet, elasticache-private-subnet]
#   monotone: [subnets_with_internet_route]
#   remediation:
#     terraform:
#       aws_db_subnet_group: {subnet_ids: "aws_subnet.private[*].id"}
#       aws_neptune_subnet_group: {subnet_ids: "aws_subnet.private[*].id"}
#       aws_docdb_subnet_group: {subnet_ids: "aws_subnet.private[*].id"}
#       aws_elasticache_subnet_group: {subnet_ids: "aws_subnet.private[*].id"}
#       aws_elasticache_serverless_cache: {subnet_ids: "aws_subnet.private[*].id"}
#     text: >-
#       Build the subnet group from subnets whose route tables have no internet gateway, or take the route away. A
#       server that already runs in a public subnet stays there until it is placed anew.
package dbkeel.access.subnets_private

violations contains message if {
	some subnet in input.subnets_with_internet_route
	message := sprintf("may be placed in %s, which routes to the internet; %s asks for private subnets", [
		subnet,
		data.baseline.tier,
	])
}
