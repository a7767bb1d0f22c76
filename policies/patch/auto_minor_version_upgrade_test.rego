package dbkeel.patch.auto_minor_version_upgrade_test

import data.dbkeel.patch.auto_minor_version_upgrade

test_fails_when_minor_versions_wait_for_somebody if {
	message := "leaves minor versions to be applied by hand; tier-1 asks for automatic ones"
	auto_minor_version_upgrade.violations == {message}
		with input as {"auto_minor_version_upgrade": false}
		with data.parameters as {"require_auto_minor_version_upgrade": true}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_minor_versions_are_automatic if {
	count(auto_minor_version_upgrade.violations) + count(auto_minor_version_upgrade.not_applicable) == 0
		with input as {"auto_minor_version_upgrade": true}
		with data.parameters as {"require_auto_minor_version_upgrade": true}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_tier_does_not_ask if {
	auto_minor_version_upgrade.not_applicable == {"tier-3 does not ask for automatic minor versions"}
		with input as {"auto_minor_version_upgrade": false}
		with data.parameters as {"require_auto_minor_version_upgrade": false}
		with data.baseline as {"tier": "tier-3"}
}

test_not_applicable_to_rds_custom if {
	auto_minor_version_upgrade.not_applicable == {"custom-oracle-ee is patched by its owner"}
		with input as {"auto_minor_version_upgrade": false, "engine": "custom-oracle-ee"}
		with data.parameters as {"require_auto_minor_version_upgrade": true}
		with data.baseline as {"tier": "tier-1"}
}
