# METADATA
# title: Storage is encrypted at rest
# description: >-
#   Encryption at rest keeps disks, backups and replicas unreadable to whoever gets hold of the storage without the
#   key. Most engines can only be encrypted when they are created, so a database that starts without it has to be
#   copied to get it.
# custom:
#   id: DBK-ENC-001
#   severity: high
#   covers:
#     - rds-instance-storage-encrypted
#     - rds-cluster-storage-encrypted
#     - rds-global-cluster-encrypted
#     - rds-instance-snapshot-encrypted
#     - rds-cluster-snapshot-encrypted
#     - docdb-cluster-storage-encrypted
#     - docdb-global-cluster-encrypted
#     - neptune-cluster-storage-encrypted
#     - neptune-snapshot-encrypted
#     - elasticache-encrypted-at-rest
#     - redshift-encrypted-at-rest
#     - backup-recovery-point-encrypted
#     - dax-encrypted-at-rest
#   remediation:
#     terraform:
#       aws_db_instance: {storage_encrypted: "true"}
#       aws_rds_cluster: {storage_encrypted: "true"}
#       aws_rds_global_cluster: {storage_encrypted: "true"}
#       aws_docdb_cluster: {storage_encrypted: "true"}
#       aws_docdb_global_cluster: {storage_encrypted: "true"}
#       aws_neptune_cluster: {storage_encrypted: "true"}
#       aws_elasticache_replication_group: {at_rest_encryption_enabled: "true"}
#       aws_redshift_cluster: {encrypted: "true"}
#     text: >-
#       Set it before the first apply. A database that already holds data is replaced by this change; copy its
#       snapshot with a key and restore from that copy instead. Snapshots follow the database that they are taken
#       from. DAX says so in the block `server_side_encryption`, and is made anew.
package dbkeel.encryption.storage_encrypted

violations contains message if {
	input.encrypted_at_rest == false
	message := sprintf("stores data unencrypted; %s asks for encryption at rest", [data.baseline.tier])
}
