# METADATA
# title: Loading and unloading stays within the network
# description: >-
#   A data warehouse copies whole tables from and to object storage. Past the network, neither its firewalls nor its
#   endpoint policies nor its flow logs see where the data goes, and a stolen credential can unload it anywhere.
# custom:
#   id: DBK-ACC-032
#   severity: medium
#   covers: [redshift-enhanced-vpc-routing, redshift-serverless-enhanced-vpc-routing]
#   remediation:
#     terraform:
#       aws_redshift_cluster: {enhanced_vpc_routing: "true"}
#       aws_redshiftserverless_workgroup: {enhanced_vpc_routing: "true"}
#     text: >-
#       Give the network an endpoint for object storage and for every other service that is loaded from, then turn
#       enhanced VPC routing on. The warehouse restarts, and loads that have no way out fail from then on.
package dbkeel.access.routes_through_network

violations contains message if {
	not input.routes_through_network
	message := sprintf("loads and unloads past its network; %s asks to route it through", [data.baseline.tier])
}
