# METADATA
# title: The provider's internet gateway of the cluster is off
# description: >-
#   A cluster that was made in a hurry may be reached through a gateway that the provider puts before it, from anywhere
#   and past every subnet and security group. No member of it has to be public for that.
# custom:
#   id: DBK-ACC-021
#   severity: high
#   covers: [rds-cluster-internet-gateway-disabled]
#   remediation:
#     text: Turn the internet access gateway off and connect through the virtual network.
package dbkeel.access.internet_gateway_off

violations contains message if {
	input.internet_access_gateway
	message := sprintf("can be reached through the provider's internet gateway; %s asks to turn it off", [
		data.baseline.tier,
	])
}
