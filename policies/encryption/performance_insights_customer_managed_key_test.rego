package dbkeel.encryption.performance_insights_customer_managed_key_test

import data.dbkeel.encryption.performance_insights_customer_managed_key

test_fails_when_the_key_is_the_providers_own if {
	expected := "keeps query statistics without a customer managed key; tier-1 asks for one"
	performance_insights_customer_managed_key.violations == {expected}
		with input as {"performance_insights_customer_managed_key": false}
		with data.parameters as {"require_customer_managed_key": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_key_is_customer_managed if {
	performance_insights_customer_managed_key.violations == set()
		with input as {"performance_insights_customer_managed_key": true}
		with data.parameters as {"require_customer_managed_key": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_tier_does_not_ask if {
	performance_insights_customer_managed_key.not_applicable == {"tier-3 does not ask for a customer managed key"}
		with input as {"performance_insights_customer_managed_key": false}
		with data.parameters as {"require_customer_managed_key": false}
		with data.baseline as {"tier": "tier-3"}
}

test_is_applicable_when_the_tier_asks if {
	performance_insights_customer_managed_key.not_applicable == set()
		with input as {"performance_insights_customer_managed_key": true}
		with data.parameters as {"require_customer_managed_key": true}
		with data.baseline as {"tier": "tier-1"}
}
