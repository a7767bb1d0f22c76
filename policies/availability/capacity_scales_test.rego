package dbkeel.availability.capacity_scales_test

import data.dbkeel.availability.capacity_scales

test_fails_when_capacity_is_fixed if {
	capacity_scales.violations == {"has capacity that does not follow demand; tier-1 asks for it"}
		with input as {"capacity_scales": false}
		with data.parameters as {"require_scaling_capacity": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_capacity_follows_demand if {
	capacity_scales.violations == set()
		with input as {"capacity_scales": true}
		with data.parameters as {"require_scaling_capacity": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_tier_does_not_ask if {
	capacity_scales.not_applicable == {"tier-3 does not ask for capacity that follows demand"}
		with input as {"capacity_scales": false}
		with data.parameters as {"require_scaling_capacity": false}
		with data.baseline as {"tier": "tier-3"}
}

test_is_applicable_when_the_tier_asks if {
	capacity_scales.not_applicable == set()
		with input as {"capacity_scales": false}
		with data.parameters as {"require_scaling_capacity": true}
		with data.baseline as {"tier": "tier-1"}
}
