# METADATA
# title: The key of the storage is usable
# description: >-
#   A database whose key is disabled or about to be deleted stops at the next restart and cannot be restored from its
#   snapshots either; once the key is gone, so is the data.
# custom:
#   id: DBK-ENC-006
#   severity: critical
#   covers: [kms-db-key-not-pending-deletion, rds-kms-key-usable]
#   remediation:
#     terraform:
#       aws_kms_key: {is_enabled: "true"}
#     text: >-
#       Enable the key again, or cancel its deletion while the waiting period lasts. Move the database to another key
#       before this one is retired.
package dbkeel.encryption.key_enabled

violations contains message if {
	input.key_enabled == false
	message := sprintf("uses a key that is not enabled; %s asks for a usable key", [data.baseline.tier])
}
