# METADATA
# title: Storage grows by itself
# description: >-
#   A database whose storage is full stops taking writes, and often does not start again. Growth with a ceiling gives
#   somebody the time to look into it.
# custom:
#   id: DBK-AVA-004
#   severity: low
#   covers: [rds-storage-autoscaling]
#   remediation:
#     text: >-
#       Set `max_allocated_storage` well above what is allocated. Storage grows by steps, without a restart, and never
#       shrinks again.
package dbkeel.availability.storage_autoscaling

violations contains message if {
	input.storage_autoscaling_limit_gib == 0
	message := sprintf("storage stays at %d GiB; %s asks to let it grow", [
		input.allocated_storage_gib,
		data.baseline.tier,
	])
}

violations contains message if {
	input.storage_autoscaling_limit_gib > 0
	input.storage_autoscaling_limit_gib <= input.allocated_storage_gib
	message := sprintf("storage has %d GiB and may grow to %d GiB; %s asks for room to grow", [
		input.allocated_storage_gib,
		input.storage_autoscaling_limit_gib,
		data.baseline.tier,
	])
}
