package dbkeel.encryption.ca_certificate_current_test

import data.dbkeel.encryption.ca_certificate_current

test_fails_when_the_authority_has_expired if {
	expected := "has a certificate of rds-ca-2019, which is not current; tier-1 asks for one that is"
	ca_certificate_current.violations == {expected}
		with input as {"ca_certificate": "rds-ca-2019"}
		with data.parameters as {"expired_certificate_authorities": ["rds-ca-2015", "rds-ca-2019"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_authority_is_current if {
	ca_certificate_current.violations == set()
		with input as {"ca_certificate": "rds-ca-rsa2048-g1"}
		with data.parameters as {"expired_certificate_authorities": ["rds-ca-2015", "rds-ca-2019"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_no_authority_is_listed_as_expired if {
	ca_certificate_current.violations == set()
		with input as {"ca_certificate": "rds-ca-2019"}
		with data.parameters as {"expired_certificate_authorities": []}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_to_rds_custom if {
	ca_certificate_current.not_applicable == {"custom-sqlserver-se has the certificate that its owner gives it"}
		with input as {"ca_certificate": "rds-ca-2019", "engine": "custom-sqlserver-se"}
		with data.parameters as {"expired_certificate_authorities": ["rds-ca-2019"]}
		with data.baseline as {"tier": "tier-1"}
}
