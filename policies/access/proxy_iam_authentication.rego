# METADATA
# title: The proxy logs clients in with the provider's identities
# description: >-
#   A proxy holds the database's passwords so that its clients need none. When it still takes passwords from them,
#   every application keeps a copy and the proxy has protected nothing.
# custom:
#   id: DBK-ACC-015
#   severity: low
#   covers: [rds-proxy-iam-auth]
#   remediation:
#     terraform:
#       aws_db_proxy: {auth.iam_auth: '"REQUIRED"'}
#     text: >-
#       Give the applications' roles the right to connect, let their drivers fetch tokens, then require them in every
#       authentication block of the proxy.
package dbkeel.access.proxy_iam_authentication

violations contains message if {
	input.proxy_iam_authentication == false
	message := sprintf("takes passwords from clients; %s asks for the provider's identities", [data.baseline.tier])
}
