# METADATA
# title: SQL cannot be sent over the provider's HTTP API
# description: >-
#   The data API runs SQL for every identity that may call it, past the security groups and the private network that
#   protect the database port. It is worth having only where it is known and used.
# custom:
#   id: DBK-ACC-014
#   severity: low
#   covers: [rds-cluster-data-api-disabled]
#   parameters:
#     allow_data_api:
#       type: boolean
#       default: false
#       description: Whether clusters may take SQL over the provider's HTTP API.
#   remediation:
#     terraform:
#       aws_rds_cluster: {enable_http_endpoint: "false"}
#     text: >-
#       Turn the endpoint off once nothing calls it; where an application depends on it, allow it for its tier or
#       waive it.
package dbkeel.access.data_api_off

not_applicable contains message if {
	data.parameters.allow_data_api
	message := sprintf("%s allows the data API", [data.baseline.tier])
}

violations contains message if {
	input.data_api == true
	message := sprintf("takes SQL over the provider's HTTP API; %s asks to keep it off", [data.baseline.tier])
}
