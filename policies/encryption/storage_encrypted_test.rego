package dbkeel.encryption.storage_encrypted_test

import data.dbkeel.encryption.storage_encrypted

test_fails_when_storage_is_unencrypted if {
	storage_encrypted.violations == {"stores data unencrypted; tier-1 asks for encryption at rest"}
		with input as {"encrypted_at_rest": false}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_storage_is_encrypted if {
	storage_encrypted.violations == set()
		with input as {"encrypted_at_rest": true}
		with data.baseline as {"tier": "tier-1"}
}
