# METADATA
# title: The server certificate comes from a current authority
# description: >-
#   Clients that verify the server refuse to connect once its certificate authority has expired, and the usual first
#   aid is to switch verification off. Moving to a current authority in time keeps both the connections and their
#   protection.
# custom:
#   id: DBK-ENC-007
#   severity: medium
#   covers: [rds-ca-certificate-current, docdb-certificate-rotated]
#   optional: [engine]
#   parameters:
#     expired_certificate_authorities:
#       type: strings
#       default: [rds-ca-2015, rds-ca-2019]
#       description: Certificate authorities that no longer count as current.
#   remediation:
#     terraform:
#       aws_db_instance: {ca_cert_identifier: '"rds-ca-rsa2048-g1"'}
#       aws_rds_cluster_instance: {ca_cert_identifier: '"rds-ca-rsa2048-g1"'}
#       aws_docdb_cluster_instance: {ca_cert_identifier: '"rds-ca-rsa2048-g1"'}
#     text: >-
#       Give every client the provider's current certificate bundle first, then change the authority of the server.
#       Some engine versions restart for it.
package dbkeel.encryption.ca_certificate_current

violations contains message if {
	input.ca_certificate in data.parameters.expired_certificate_authorities
	message := sprintf("has a certificate of %s, which is not current; %s asks for one that is", [
		input.ca_certificate,
		data.baseline.tier,
	])
}

# Control rds-ca-certificate-current.
not_applicable contains message if {
	startswith(input.engine, "custom-")
	message := sprintf("%s has the certificate that its owner gives it", [input.engine])
}
