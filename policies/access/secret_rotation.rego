# METADATA
# title: The secrets of the proxy are rotated
# description: >-
#   The proxy logs in to the database with a stored password. Unless it is rotated, one leak of it is good for as long
#   as the database lives.
# custom:
#   id: DBK-ACC-017
#   severity: medium
#   covers: [secret-rotation]
#   remediation:
#     terraform:
#       aws_secretsmanager_secret_rotation: {rotation_rules.automatically_after_days: "30"}
#     text: >-
#       Add a rotation to every secret that the proxy uses; the proxy reads the new password by itself.
package dbkeel.access.secret_rotation

violations contains message if {
	input.secret_rotation == false
	message := sprintf("logs in with a secret that is not rotated; %s asks for rotation", [data.baseline.tier])
}
