# METADATA
# title: Migrations connect with TLS
# description: >-
#   A migration sends the password of a database and then every row of it over the network, often from one network into
#   another. Without TLS all of that can be read and changed on the way.
# custom:
#   id: DBK-ENC-025
#   severity: high
#   covers: [dms-endpoint-ssl, dms-endpoint-engine-auth]
#   remediation:
#     terraform:
#       aws_dms_endpoint: {ssl_mode: '"verify-full"', redis_settings.ssl_security_protocol: '"ssl-encryption"'}
#     text: >-
#       Choose the strictest mode that the engine supports: verify-full checks the server's certificate and its name,
#       verify-ca the certificate, require neither. The first two need the certificate of the authority.
package dbkeel.encryption.endpoint_tls

violations contains message if {
	not input.endpoint_tls
	message := sprintf("is connected to without TLS; %s asks for it", [data.baseline.tier])
}
