# METADATA
# title: The instance class is of a current generation
# description: >-
#   Previous generations cost more for the same work, are scarce when a failed server must be replaced, and new engine
#   versions do not run on them.
# custom:
#   id: DBK-PAT-008
#   severity: low
#   covers: [rds-current-instance-generation]
#   parameters:
#     previous_generation_families:
#       type: strings
#       default: [db.t1, db.t2, db.m1, db.m2, db.m3, db.m4, db.r3, db.r4]
#       description: The families of instance classes that are to be left, such as `db.r4`.
#   remediation:
#     text: >-
#       Choose the same size of a current family; the change restarts the database, or fails over to the standby, in
#       the maintenance window.
package dbkeel.patch.current_instance_generation

family := concat(".", array.slice(split(input.instance_class, "."), 0, 2))

violations contains message if {
	family in data.parameters.previous_generation_families
	message := sprintf("runs on %s; %s asks for a newer generation than %s", [
		input.instance_class,
		data.baseline.tier,
		family,
	])
}
