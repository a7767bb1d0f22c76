# METADATA
# title: The key of the storage is rotated
# description: >-
#   A key that never changes protects every byte that was ever written; the longer it lives, the more a leak of its
#   material is worth. Automatic rotation replaces the material and keeps the old one for reading, so the database
#   notices nothing.
# custom:
#   id: DBK-ENC-005
#   severity: medium
#   covers: [kms-db-key-rotation]
#   remediation:
#     terraform:
#       aws_kms_key: {enable_key_rotation: "true"}
#     text: >-
#       Turn on automatic rotation of the key. Keys with imported material cannot rotate by themselves; rotate those
#       by hand.
package dbkeel.encryption.key_rotation

violations contains message if {
	input.key_rotation == false
	message := sprintf("uses a key that is never rotated; %s asks for automatic rotation", [data.baseline.tier])
}
