# METADATA
# title: Performance Insights data is encrypted with a customer managed key
# description: >-
#   Performance Insights keeps the text of SQL statements, and statements carry data. Whoever protects the storage
#   with a key of their own leaves a gap when this copy stays under the provider's key.
# custom:
#   id: DBK-ENC-004
#   severity: low
#   covers: [rds-performance-insights-cmk]
#   parameters:
#     require_customer_managed_key:
#       type: boolean
#       default: false
#       description: Whether data at rest must be encrypted with keys that you manage yourself.
#   remediation:
#     terraform:
#       aws_db_instance: {performance_insights_kms_key_id: aws_kms_key.database.arn}
#       aws_rds_cluster: {performance_insights_kms_key_id: aws_kms_key.database.arn}
#       aws_rds_cluster_instance: {performance_insights_kms_key_id: aws_kms_key.database.arn}
#     text: >-
#       Name the key when Performance Insights is turned on for the first time. It cannot be changed afterwards; a
#       database that has another one keeps it until it is replaced.
package dbkeel.encryption.performance_insights_customer_managed_key

not_applicable contains message if {
	not data.parameters.require_customer_managed_key
	message := sprintf("%s does not ask for a customer managed key", [data.baseline.tier])
}

violations contains message if {
	input.performance_insights_customer_managed_key == false
	message := sprintf("keeps query statistics without a customer managed key; %s asks for one", [data.baseline.tier])
}
