# METADATA
# title: The key of the storage is not for everyone
# description: >-
#   The policy of a key says who may use it. One that says everyone lets any account of the provider decrypt what the key
#   protects, the moment it gets hold of a snapshot.
# custom:
#   id: DBK-ACC-022
#   severity: critical
#   covers: [kms-key-policy-not-public]
#   remediation:
#     text: >-
#       Name the accounts and roles that may use the key in its policy. Where everyone has to stand, add a condition on
#       the caller's account (kms:CallerAccount) or organization (aws:PrincipalOrgID).
package dbkeel.access.key_policy_not_public

violations contains message if {
	input.key_policy_public
	message := sprintf("uses a key whose policy lets everyone use it; %s asks for named ones", [data.baseline.tier])
}
