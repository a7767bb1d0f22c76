# METADATA
# title: Minor versions are applied automatically
# description: >-
#   Minor versions carry security and data corruption fixes. A database that waits for somebody to remember them runs
#   for months with flaws that are public.
# custom:
#   id: DBK-PAT-001
#   severity: medium
#   covers:
#     - rds-instance-auto-minor-upgrade
#     - rds-cluster-auto-minor-upgrade
#     - neptune-auto-minor-upgrade
#     - elasticache-auto-minor-upgrade
#     - redshift-version-upgrade
#     - memorydb-auto-minor-upgrade
#     - dms-auto-minor-upgrade
#   optional: [engine]
#   parameters:
#     require_auto_minor_version_upgrade:
#       type: boolean
#       default: true
#       description: Whether the provider must apply minor versions by itself.
#   remediation:
#     terraform:
#       aws_db_instance: {auto_minor_version_upgrade: "true"}
#       aws_rds_cluster_instance: {auto_minor_version_upgrade: "true"}
#       aws_neptune_cluster_instance: {auto_minor_version_upgrade: "true"}
#       aws_dms_replication_instance: {auto_minor_version_upgrade: "true"}
#       aws_elasticache_replication_group: {auto_minor_version_upgrade: "true"}
#       aws_elasticache_cluster: {auto_minor_version_upgrade: "true"}
#       aws_redshift_cluster: {allow_version_upgrade: "true"}
#     text: >-
#       Turn automatic minor upgrades on; they are applied in the maintenance window and restart the database. Aurora
#       clusters that are kept on a long-term support release are better waived. Terraform replaces a cluster of MemoryDB
#       for it.
package dbkeel.patch.auto_minor_version_upgrade

violations contains message if {
	not input.auto_minor_version_upgrade
	message := sprintf("leaves minor versions to be applied by hand; %s asks for automatic ones", [data.baseline.tier])
}

not_applicable contains message if {
	not data.parameters.require_auto_minor_version_upgrade
	message := sprintf("%s does not ask for automatic minor versions", [data.baseline.tier])
}

# RDS Custom patches nothing by itself, and must not be told to (control rds-instance-auto-minor-upgrade).
not_applicable contains message if {
	startswith(input.engine, "custom-")
	message := sprintf("%s is patched by its owner", [input.engine])
}
