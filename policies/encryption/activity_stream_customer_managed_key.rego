# METADATA
# title: The activity stream is encrypted with a customer managed key
# description: >-
#   An activity stream carries every statement that the database runs, with the values in it. Whoever can read the key
#   of the stream can read the data, however well the storage itself is locked away.
# custom:
#   id: DBK-ENC-009
#   severity: low
#   covers: [rds-activity-stream-cmk]
#   parameters:
#     require_customer_managed_key:
#       type: boolean
#       default: false
#       description: Whether data at rest must be encrypted with keys that you manage yourself.
#   remediation:
#     terraform:
#       aws_rds_cluster_activity_stream: {kms_key_id: aws_kms_key.activity.arn}
#     text: Stop the stream and start it again with a key of your own; the key of a stream that runs cannot be changed.
package dbkeel.encryption.activity_stream_customer_managed_key

not_applicable contains message if {
	not data.parameters.require_customer_managed_key
	message := sprintf("%s does not ask for a customer managed key", [data.baseline.tier])
}

violations contains message if {
	input.activity_stream_customer_managed_key == false
	message := sprintf("streams its activity without a customer managed key; %s asks for one", [data.baseline.tier])
}
