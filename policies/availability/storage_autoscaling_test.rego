package dbkeel.availability.storage_autoscaling_test

import data.dbkeel.availability.storage_autoscaling

test_fails_when_storage_does_not_grow if {
	storage_autoscaling.violations == {"storage stays at 100 GiB; tier-1 asks to let it grow"}
		with input as {"allocated_storage_gib": 100, "storage_autoscaling_limit_gib": 0}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_the_limit_is_what_is_allocated if {
	message := "storage has 100 GiB and may grow to 100 GiB; tier-1 asks for room to grow"
	storage_autoscaling.violations == {message}
		with input as {"allocated_storage_gib": 100, "storage_autoscaling_limit_gib": 100}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_there_is_room_to_grow if {
	count(storage_autoscaling.violations) == 0
		with input as {"allocated_storage_gib": 100, "storage_autoscaling_limit_gib": 101}
		with data.baseline as {"tier": "tier-1"}
}
