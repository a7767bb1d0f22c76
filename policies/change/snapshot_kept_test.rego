package dbkeel.change.snapshot_kept_test

import data.dbkeel.change.snapshot_kept

test_fails_when_the_plan_deletes_a_snapshot if {
	snapshot_kept.violations == {"the plan deletes the snapshot; tier-1 asks to keep snapshots"}
		with input as {"planned_action": "delete", "before": {"manual_snapshot": true, "shared_with": []}}
		with data.parameters as {"allow_snapshot_deletion": false}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_others_restore_from_it if {
	message := "the plan deletes the snapshot, which is shared with 2 accounts; tier-1 asks to keep snapshots"
	snapshot_kept.violations == {message}
		with input as {"planned_action": "delete", "before": {"manual_snapshot": true, "shared_with": ["111122223333", "444455556666"]}}
		with data.parameters as {"allow_snapshot_deletion": false}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_a_public_snapshot_is_replaced if {
	snapshot_kept.violations == {"the plan deletes the snapshot, which is public; tier-1 asks to keep snapshots"}
		with input as {"planned_action": "delete-then-create", "before": {"manual_snapshot": true, "shared_with": ["all"]}}
		with data.parameters as {"allow_snapshot_deletion": false}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_plan_updates_it if {
	count(snapshot_kept.violations) + count(snapshot_kept.not_applicable) == 0
		with input as {"planned_action": "update", "before": {"manual_snapshot": true, "shared_with": []}}
		with data.parameters as {"allow_snapshot_deletion": false}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_plan_creates_it if {
	snapshot_kept.not_applicable == {"the plan does not touch it"}
		with input as {"planned_action": "create", "before": {"manual_snapshot": true, "shared_with": []}}
		with data.parameters as {"allow_snapshot_deletion": false}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_tier_lets_plans_delete if {
	snapshot_kept.not_applicable == {"tier-3 lets plans delete snapshots"}
		with input as {"planned_action": "delete", "before": {"manual_snapshot": true, "shared_with": []}}
		with data.parameters as {"allow_snapshot_deletion": true}
		with data.baseline as {"tier": "tier-3"}
}

test_fails_when_nobody_could_share_it if {
	snapshot_kept.violations == {"the plan deletes the snapshot; tier-1 asks to keep snapshots"}
		with input as {"planned_action": "delete", "before": {"manual_snapshot": true}}
		with data.parameters as {"allow_snapshot_deletion": false}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_provider_took_it if {
	snapshot_kept.not_applicable == {"the provider took it and deletes it in its time"}
		with input as {"planned_action": "delete", "before": {"manual_snapshot": false, "shared_with": []}}
		with data.parameters as {"allow_snapshot_deletion": false}
		with data.baseline as {"tier": "tier-1"}
}
