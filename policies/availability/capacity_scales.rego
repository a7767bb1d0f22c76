# METADATA
# title: Capacity follows demand
# description: >-
#   A table with fixed capacity refuses every request above it, and the day on which more people come than planned is
#   the day on which the application fails for them.
# custom:
#   id: DBK-AVA-015
#   severity: medium
#   covers: [dynamodb-autoscaling, dynamodb-billing-or-throughput]
#   parameters:
#     require_scaling_capacity:
#       type: boolean
#       default: true
#       description: Whether the capacity of a table must follow what is asked of it.
#   remediation:
#     terraform:
#       aws_dynamodb_table: {billing_mode: PAY_PER_REQUEST}
#     text: >-
#       Pay by request, or declare targets that scale the table, one for what is read and one for what is written, each
#       with a policy. Changing how a table is paid for takes effect without an outage.
package dbkeel.availability.capacity_scales

violations contains message if {
	not input.capacity_scales
	message := sprintf("has capacity that does not follow demand; %s asks for it", [data.baseline.tier])
}

not_applicable contains message if {
	not data.parameters.require_scaling_capacity
	message := sprintf("%s does not ask for capacity that follows demand", [data.baseline.tier])
}
