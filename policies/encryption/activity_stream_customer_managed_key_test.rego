package dbkeel.encryption.activity_stream_customer_managed_key_test

import data.dbkeel.encryption.activity_stream_customer_managed_key

test_fails_when_the_key_is_the_providers if {
	message := "streams its activity without a customer managed key; tier-1 asks for one"
	activity_stream_customer_managed_key.violations == {message}
		with input as {"activity_stream_customer_managed_key": false}
		with data.parameters as {"require_customer_managed_key": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_key_is_the_customers if {
	count(activity_stream_customer_managed_key.violations) == 0
		with input as {"activity_stream_customer_managed_key": true}
		with data.parameters as {"require_customer_managed_key": true}
		with data.baseline as {"tier": "tier-1"}
	count(activity_stream_customer_managed_key.not_applicable) == 0
		with data.parameters as {"require_customer_managed_key": true}
}

test_not_applicable_when_no_such_key_is_asked_for if {
	message := "tier-3 does not ask for a customer managed key"
	activity_stream_customer_managed_key.not_applicable == {message}
		with input as {"activity_stream_customer_managed_key": false}
		with data.parameters as {"require_customer_managed_key": false}
		with data.baseline as {"tier": "tier-3"}
}
