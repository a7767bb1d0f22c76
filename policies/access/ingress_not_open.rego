# METADATA
# title: The database port is closed to the internet
# description: >-
#   A security group that lets in every address leaves the login prompt as the only defence, the day the server gets a
#   public address or the subnet a route. Scanners find an open database port within minutes.
# custom:
#   id: DBK-ACC-002
#   severity: high
#   covers:
#     - sg-db-port-not-open-to-internet
#     - redshift-sg-ingress
#     - rds-db-security-group-not-open
#   monotone: [ingress_cidrs]
#   remediation:
#     terraform:
#       aws_vpc_security_group_ingress_rule: {referenced_security_group_id: aws_security_group.application.id}
#       aws_security_group_rule: {source_security_group_id: aws_security_group.application.id}
#     text: >-
#       Let in the security groups of the applications, or the ranges of the networks that they run in, in place of
#       every address.
package dbkeel.access.ingress_not_open

import data.dbkeel.lib.addresses

violations contains message if {
	some cidr in input.ingress_cidrs
	addresses.is_everywhere(cidr)
	message := sprintf("lets in every address (%s); %s asks for named ranges", [cidr, data.baseline.tier])
}
