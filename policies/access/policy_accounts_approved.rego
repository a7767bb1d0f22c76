# METADATA
# title: Policies let in approved accounts only
# description: >-
#   The policy of a table, a secret or a vault lets another account in without asking any role of your own, and whoever
#   runs that account decides who uses it. The list of such accounts is short and known, or it is a leak.
# custom:
#   id: DBK-ACC-033
#   severity: medium
#   covers: [dynamodb-cross-account-policy]
#   monotone: [policy_foreign_accounts]
#   parameters:
#     approved_accounts:
#       type: strings
#       default: []
#       description: Accounts that snapshots may be shared with, such as the one for recovery.
#   remediation:
#     text: >-
#       Take the account out of the policy, or have it approved and list it in the baseline. A condition on the
#       organization (aws:PrincipalOrgID) keeps accounts out that leave it.
package dbkeel.access.policy_accounts_approved

# What is open to everybody is reported by `resource_policy_not_public`.
violations contains message if {
	some account in input.policy_foreign_accounts
	not account in data.parameters.approved_accounts
	message := sprintf("lets account %s in by its policy; %s asks for approved accounts only", [account, data.baseline.tier])
}
