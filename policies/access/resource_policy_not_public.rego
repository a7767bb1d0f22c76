# METADATA
# title: Nothing's own policy lets everyone in
# description: >-
#   Secrets, vaults and tables carry policies that let in other accounts without asking the roles of their own. One for
#   everyone makes a public file of a password or of a backup.
# custom:
#   id: DBK-ACC-024
#   severity: high
#   covers: [secret-policy-restricted, dynamodb-cross-account-policy]
#   remediation:
#     terraform:
#       aws_secretsmanager_secret_policy: {block_public_policy: "true"}
#     text: >-
#       Name the accounts and roles in the policy. Where everyone has to stand, add a condition on their organization
#       (aws:PrincipalOrgID) or account.
package dbkeel.access.resource_policy_not_public

violations contains message if {
	input.policy_public
	message := sprintf("has a policy that lets everyone in; %s asks for named ones", [data.baseline.tier])
}
