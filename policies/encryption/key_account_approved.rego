# METADATA
# title: The key of the storage is of an approved account
# description: >-
#   A key of another account keeps working as long as that account wants it to. Whoever shared it can take it away, and
#   the database with it, and reads of its use are in somebody else's log.
# custom:
#   id: DBK-ENC-010
#   severity: high
#   covers: [rds-kms-key-usable]
#   parameters:
#     approved_key_accounts:
#       type: strings
#       default: []
#       description: The accounts whose keys may encrypt databases, the databases' own among them; with none, any account's may.
#   remediation:
#     text: Copy a snapshot with a key of an approved account, and restore from the copy; or approve the account.
package dbkeel.encryption.key_account_approved

# arn:aws:kms:eu-central-1:123456789012:key/…; an id or an alias without an account is of the database's own.
account := split(input.storage_key, ":")[4]

# The provider's own key is in the database's account, and nobody can share it or take it away.
violations contains message if {
	input.customer_managed_key
	not account in data.parameters.approved_key_accounts
	message := sprintf("uses a key of account %s; %s asks for one of %s", [
		account,
		data.baseline.tier,
		concat(", ", data.parameters.approved_key_accounts),
	])
}

not_applicable contains message if {
	count(data.parameters.approved_key_accounts) == 0
	message := sprintf("%s approves keys of every account", [data.baseline.tier])
}
