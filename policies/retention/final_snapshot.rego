# METADATA
# title: Deleting the database takes a last snapshot
# description: >-
#   The final snapshot is what is left when a database was deleted by mistake. Whether it is taken is decided long
#   before, by what Terraform recorded at the last apply.
# custom:
#   id: DBK-RET-004
#   severity: medium
#   covers: [rds-instance-final-snapshot, rds-cluster-final-snapshot]
#   parameters:
#     require_final_snapshot:
#       type: boolean
#       default: true
#       description: Whether deleting a database must take a last snapshot.
#   remediation:
#     terraform:
#       aws_db_instance: {skip_final_snapshot: "false"}
#       aws_rds_cluster: {skip_final_snapshot: "false"}
#       aws_docdb_cluster: {skip_final_snapshot: "false"}
#       aws_neptune_cluster: {skip_final_snapshot: "false"}
#     text: >-
#       Stop skipping the final snapshot and name it with `final_snapshot_identifier`, or destroying fails. For a cache
#       the name alone does it, which MemoryDB calls `final_snapshot_name`. Apply that before the plan that deletes.
package dbkeel.retention.final_snapshot

violations contains message if {
	not input.final_snapshot
	message := sprintf("would be deleted without a last snapshot; %s asks for one", [data.baseline.tier])
}

not_applicable contains "a replica; no final snapshot can be taken of it" if input.is_replica

not_applicable contains message if {
	not data.parameters.require_final_snapshot
	message := sprintf("%s does not ask for a final snapshot", [data.baseline.tier])
}
