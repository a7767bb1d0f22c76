# METADATA
# title: The server certificate does not end soon
# description: >-
#   Clients that verify the server refuse to connect from the moment at which its certificate ends. Renewing it in time
#   is a small change; finding out by an outage is not.
# custom:
#   id: DBK-ENC-008
#   severity: high
#   covers: [rds-ca-certificate-expiry]
#   parameters:
#     warn_days_before_certificate_ends:
#       type: integer
#       unit: days
#       default: 90
#       minimum: 0
#       maximum: 730
#       description: How many days a server certificate must have ahead of it; 0 fails only past the end.
#   remediation:
#     text: >-
#       Give every client the provider's current certificate bundle, then rotate the certificate of the server, or move
#       it to an authority whose certificates are rotated without a restart.
package dbkeel.encryption.certificate_not_expiring

import data.dbkeel.lib.date
import data.dbkeel.lib.text

days_left := date.days(data.now, input.certificate_valid_till)

violations contains message if {
	days_left < 0
	message := sprintf("has a server certificate that ended %s; %s asks for one that is valid", [
		substring(input.certificate_valid_till, 0, 10),
		data.baseline.tier,
	])
}

violations contains message if {
	days_left >= 0
	days_left < data.parameters.warn_days_before_certificate_ends
	message := sprintf("has a server certificate that ends %s; %s asks for %s ahead", [
		substring(input.certificate_valid_till, 0, 10),
		data.baseline.tier,
		text.counted(data.parameters.warn_days_before_certificate_ends, "day"),
	])
}
