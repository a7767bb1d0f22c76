package dbkeel.retention.backup_opt_in_test

import data.dbkeel.retention.backup_opt_in

test_fails_when_a_type_is_left_out if {
	backup_opt_in.violations == {"does not back up Aurora; tier-1 asks for Aurora and RDS"}
		with input as {"backup_opt_in": ["DynamoDB", "RDS"]}
		with data.parameters as {"required_backup_types": ["Aurora", "RDS"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_all_are_backed_up if {
	count(backup_opt_in.violations) == 0
		with input as {"backup_opt_in": ["Aurora", "RDS"]}
		with data.parameters as {"required_backup_types": ["Aurora", "RDS"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_no_type_is_asked_for if {
	count(backup_opt_in.violations) == 0
		with input as {"backup_opt_in": []}
		with data.parameters as {"required_backup_types": []}
		with data.baseline as {"tier": "tier-3"}
}
