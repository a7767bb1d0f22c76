# METADATA
# title: Secrets that open databases are rotated
# description: >-
#   A stored password, such as the one that a proxy logs in with, is worth as much to a thief as to its owner. Unless it
#   is rotated, one leak of it is good for as long as the database lives.
# custom:
#   id: DBK-ACC-017
#   severity: medium
#   covers: [secret-rotation]
#   remediation:
#     terraform:
#       aws_secretsmanager_secret_rotation: {rotation_rules.automatically_after_days: "30"}
#     text: >-
#       Add a rotation to the secret; a proxy that uses it reads the new password by itself.
package dbkeel.access.secret_rotation

violations contains message if {
	input.secret_rotation == false
	message := sprintf("the secret is not rotated; %s asks for rotation", [data.baseline.tier])
}
