package dbkeel.access.routes_through_network_test

import data.dbkeel.access.routes_through_network

test_fails_when_traffic_goes_past_the_network if {
	routes_through_network.violations == {"loads and unloads past its network; tier-1 asks to route it through"}
		with input as {"routes_through_network": false}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_traffic_goes_through_the_network if {
	routes_through_network.violations == set()
		with input as {"routes_through_network": true}
		with data.baseline as {"tier": "tier-1"}
}
