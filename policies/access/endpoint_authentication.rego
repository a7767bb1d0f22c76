# METADATA
# title: Migrations log in
# description: >-
#   Some engines serve whoever reaches them unless they are told to ask. A migration that connects without saying who it
#   is works only because its database asks nobody, and anyone else in that network can read and write it, too.
# custom:
#   id: DBK-ACC-037
#   severity: medium
#   covers: [dms-endpoint-engine-auth]
#   remediation:
#     terraform:
#       aws_dms_endpoint: {mongodb_settings.auth_type: '"password"', redis_settings.auth_type: '"auth-role"'}
#     text: >-
#       Make a user for the migration in the database and let the endpoint log in with it; best with a secret of the
#       secret store in place of a password. For Neptune turn on authorization with IAM.
package dbkeel.access.endpoint_authentication

violations contains message if {
	not input.endpoint_authentication
	message := sprintf("is connected to without logging in; %s asks for a user", [data.baseline.tier])
}
