package dbkeel.retention.replica_backups_test

import data.dbkeel.retention.replica_backups

test_fails_when_a_replica_has_no_backups if {
	expected := "its replica in us-east-1 has no backups; tier-1 asks for them in every region"
	replica_backups.violations == {expected}
		with input as {"replicas_without_backups": ["us-east-1"]}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_for_each_of_several_replicas if {
	count(replica_backups.violations) == 2
		with input as {"replicas_without_backups": ["eu-west-1", "us-east-1"]}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_every_replica_has_backups if {
	replica_backups.violations == set()
		with input as {"replicas_without_backups": []}
		with data.baseline as {"tier": "tier-1"}
}
