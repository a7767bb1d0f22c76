package dbkeel.encryption.certificate_not_expiring_test

import data.dbkeel.encryption.certificate_not_expiring

test_fails_when_the_certificate_has_ended if {
	certificate_not_expiring.violations == {"has a server certificate that ended 2026-11-21; tier-1 asks for one that is valid"}
		with input as {"certificate_valid_till": "2026-11-21T10:00:00Z"}
		with data.now as "2026-11-22T08:00:00Z"
		with data.parameters as {"warn_days_before_certificate_ends": 90}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_the_certificate_ends_a_day_too_soon if {
	certificate_not_expiring.violations == {"has a server certificate that ends 2026-12-21; tier-1 asks for 30 days ahead"}
		with input as {"certificate_valid_till": "2026-12-21T10:00:00Z"}
		with data.now as "2026-11-22T08:00:00Z"
		with data.parameters as {"warn_days_before_certificate_ends": 30}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_certificate_has_exactly_enough_days_ahead if {
	count(certificate_not_expiring.violations) == 0
		with input as {"certificate_valid_till": "2026-12-22T10:00:00Z"}
		with data.now as "2026-11-22T08:00:00Z"
		with data.parameters as {"warn_days_before_certificate_ends": 30}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_on_the_last_day_when_no_days_ahead_are_asked_for if {
	count(certificate_not_expiring.violations) == 0
		with input as {"certificate_valid_till": "2026-11-22T10:00:00Z"}
		with data.now as "2026-11-22T08:00:00Z"
		with data.parameters as {"warn_days_before_certificate_ends": 0}
		with data.baseline as {"tier": "tier-1"}
}
