# METADATA
# title: Snapshots are shared with approved accounts only
# description: >-
#   An account that a snapshot is shared with can copy it and keep the data for ever, outside every control of the
#   database itself. The list of such accounts is short and known, or it is a leak.
# custom:
#   id: DBK-ACC-007
#   severity: high
#   covers: [rds-shared-snapshot-accounts]
#   monotone: [shared_with]
#   parameters:
#     approved_accounts:
#       type: strings
#       default: []
#       description: Accounts that snapshots may be shared with, such as the one for recovery.
#   remediation:
#     terraform:
#       aws_db_snapshot: {shared_accounts: "[]"}
#       aws_db_cluster_snapshot: {shared_accounts: "[]"}
#       aws_db_snapshot_copy: {shared_accounts: "[]"}
#     text: Take the sharing back, or have the account approved and list it in the baseline.
package dbkeel.access.snapshot_sharing_approved

# What is shared with everybody is reported by `snapshot_not_public`.
violations contains message if {
	some account in input.shared_with
	account != "all"
	not account in data.parameters.approved_accounts
	message := sprintf("is shared with account %s; %s asks for approved accounts only", [account, data.baseline.tier])
}
