# METADATA
# title: Snapshots are not shared with everybody
# description: >-
#   Whoever can restore a snapshot has the whole database, with its passwords, in an account of their own. A public
#   snapshot gives that to everybody, and crawlers copy new ones before they can be taken back.
# custom:
#   id: DBK-ACC-006
#   severity: critical
#   covers: [rds-snapshot-not-public, docdb-snapshot-not-public, neptune-snapshot-not-public]
#   monotone: [shared_with]
#   remediation:
#     terraform:
#       aws_db_snapshot: {shared_accounts: "[]"}
#       aws_db_cluster_snapshot: {shared_accounts: "[]"}
#       aws_db_snapshot_copy: {shared_accounts: "[]"}
#     text: >-
#       Take the sharing back and treat the data as leaked, with everything in it that can be changed. Encrypted
#       snapshots cannot be made public at all.
package dbkeel.access.snapshot_not_public

violations contains message if {
	"all" in input.shared_with
	message := sprintf("can be restored by everybody; %s asks to share with named accounts only", [data.baseline.tier])
}
