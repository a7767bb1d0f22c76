# METADATA
# title: Snapshots get the tags of the database
# description: >-
#   A snapshot outlives its database. Without tags nobody can tell whose it is, how critical its data is, or when it
#   may be deleted, and rules that go by tags pass it by.
# custom:
#   id: DBK-RET-003
#   severity: low
#   covers: [rds-instance-copy-tags, rds-cluster-copy-tags, neptune-copy-tags]
#   remediation:
#     terraform:
#       aws_db_instance: {copy_tags_to_snapshot: "true"}
#       aws_rds_cluster: {copy_tags_to_snapshot: "true"}
#       aws_neptune_cluster: {copy_tags_to_snapshot: "true"}
#     text: Copy tags to snapshots; snapshots that exist already are to be tagged by hand.
package dbkeel.retention.copy_tags_to_snapshot

violations contains message if {
	not input.copy_tags_to_snapshot
	message := sprintf("leaves its snapshots without tags; %s asks to copy them", [data.baseline.tier])
}
