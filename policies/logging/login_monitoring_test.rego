package dbkeel.logging.login_monitoring_test

import data.dbkeel.logging.login_monitoring

test_fails_when_nothing_watches if {
	login_monitoring.violations == {"does not watch logins to databases; tier-2 asks for it"}
		with input as {"login_monitoring": false}
		with data.parameters as {"require_login_monitoring": true}
		with data.baseline as {"tier": "tier-2"}
}

test_passes_when_logins_are_watched if {
	count(login_monitoring.violations) + count(login_monitoring.not_applicable) == 0
		with input as {"login_monitoring": true}
		with data.parameters as {"require_login_monitoring": true}
		with data.baseline as {"tier": "tier-2"}
}

test_not_applicable_when_nobody_asks_for_it if {
	login_monitoring.not_applicable == {"tier-3 does not ask to watch logins"}
		with input as {"login_monitoring": false}
		with data.parameters as {"require_login_monitoring": false}
		with data.baseline as {"tier": "tier-3"}
}
