# METADATA
# title: Public addresses are let in only when approved
# description: >-
#   A public address that may connect is somebody's office, partner or laptop, and it changes hands. Each one that is
#   let in to a database is a decision that the owner makes and remembers.
# custom:
#   id: DBK-ACC-018
#   severity: medium
#   covers: [rds-db-security-group-not-open]
#   monotone: [ingress_cidrs]
#   parameters:
#     approved_ingress_cidrs:
#       type: strings
#       default: []
#       description: Public address ranges that may connect to databases, such as those of offices.
#   remediation:
#     terraform:
#       aws_vpc_security_group_ingress_rule: {referenced_security_group_id: aws_security_group.application.id}
#       aws_security_group_rule: {source_security_group_id: aws_security_group.application.id}
#     text: Connect over a private network, a VPN or a bastion; or have the range approved and list it in the baseline.
package dbkeel.access.ingress_public_ranges_approved

import data.dbkeel.lib.addresses

# What is open to everybody is reported by `ingress_not_open`.
violations contains message if {
	some cidr in input.ingress_cidrs
	not addresses.is_everywhere(cidr)
	not addresses.is_private(cidr)
	not addresses.is_within(cidr, data.parameters.approved_ingress_cidrs)
	message := sprintf("lets in public addresses (%s); %s asks for approved ones only", [cidr, data.baseline.tier])
}
