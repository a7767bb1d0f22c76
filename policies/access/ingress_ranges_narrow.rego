# METADATA
# title: The ranges let in are narrow
# description: >-
#   A range wider than any one network lets in machines that nobody thought of, and two halves of the internet open
#   the port as well as the whole. Narrow ranges keep the list of possible clients one that a person can read.
# custom:
#   id: DBK-ACC-003
#   severity: medium
#   covers: [rds-db-security-group-not-open]
#   monotone: [ingress_cidrs]
#   parameters:
#     min_ingress_prefix_ipv4:
#       type: integer
#       unit: bits
#       default: 16
#       minimum: 1
#       maximum: 32
#       description: The shortest prefix of an IPv4 range that may be let in; a VPC has at least 16 bits.
#     min_ingress_prefix_ipv6:
#       type: integer
#       unit: bits
#       default: 44
#       minimum: 1
#       maximum: 128
#       description: The shortest prefix of an IPv6 range that may be let in; a VPC has at least 44 bits.
#   remediation:
#     terraform:
#       aws_vpc_security_group_ingress_rule: {referenced_security_group_id: aws_security_group.application.id}
#       aws_security_group_rule: {source_security_group_id: aws_security_group.application.id}
#     text: Let in the security groups of the applications, or just the subnets that they run in.
package dbkeel.access.ingress_ranges_narrow

import data.dbkeel.lib.addresses

shortest_prefix(cidr) := data.parameters.min_ingress_prefix_ipv6 if addresses.is_ipv6(cidr)

shortest_prefix(cidr) := data.parameters.min_ingress_prefix_ipv4 if not addresses.is_ipv6(cidr)

# What is open to everybody is reported by `ingress_not_open`.
violations contains message if {
	some cidr in input.ingress_cidrs
	not addresses.is_everywhere(cidr)
	addresses.prefix_length(cidr) < shortest_prefix(cidr)
	message := sprintf("lets in %s; %s asks for ranges of /%d or narrower", [
		cidr,
		data.baseline.tier,
		shortest_prefix(cidr),
	])
}
