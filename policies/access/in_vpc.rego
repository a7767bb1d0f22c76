# METADATA
# title: The database runs in a virtual network
# description: >-
#   A virtual network decides which machines can reach the database at all. Outside of one there was only the shared
#   network of EC2-Classic, which AWS has retired; whatever is still described that way is not protected by any network
#   rule that a team looks at.
# custom:
#   id: DBK-ACC-019
#   severity: high
#   covers: [rds-instance-in-vpc]
#   remediation:
#     terraform:
#       aws_db_instance: {db_subnet_group_name: aws_db_subnet_group.this.name}
#     text: Move the database into a subnet group of a VPC.
package dbkeel.access.in_vpc

violations contains message if {
	input.in_vpc == false
	message := sprintf("runs outside of any virtual network; %s asks for one", [data.baseline.tier])
}
