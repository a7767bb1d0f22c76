package dbkeel.retention.copy_tags_to_snapshot_test

import data.dbkeel.retention.copy_tags_to_snapshot

test_fails_when_snapshots_get_no_tags if {
	copy_tags_to_snapshot.violations == {"leaves its snapshots without tags; tier-1 asks to copy them"}
		with input as {"copy_tags_to_snapshot": false}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_snapshots_get_the_tags if {
	count(copy_tags_to_snapshot.violations) == 0
		with input as {"copy_tags_to_snapshot": true}
		with data.baseline as {"tier": "tier-1"}
}
