# METADATA
# title: Connections without TLS are refused
# description: >-
#   A server that merely offers TLS still accepts clients that do not use it, and their passwords and rows cross the
#   network in the clear. Only a server that refuses them makes encryption in transit a property of the database
#   instead of a habit of its clients.
# custom:
#   id: DBK-ENC-002
#   severity: high
#   covers:
#     - rds-postgres-force-ssl
#     - rds-mysql-require-secure-transport
#     - rds-mariadb-require-secure-transport
#     - rds-sqlserver-force-ssl
#     - rds-db2-ssl
#     - aurora-postgres-force-ssl
#     - aurora-mysql-require-secure-transport
#     - docdb-tls-parameter
#     - rds-proxy-require-tls
#     - elasticache-encrypted-in-transit
#     - redshift-require-ssl
#     - redshift-serverless-require-ssl
#     - memorydb-tls
#     - dax-encrypted-in-transit
#   remediation:
#     terraform:
#       aws_db_parameter_group: {parameter: "rds.force_ssl = 1, or require_secure_transport = 1"}
#       aws_rds_cluster_parameter_group: {parameter: "rds.force_ssl = 1, or require_secure_transport = ON"}
#       aws_docdb_cluster_parameter_group: {parameter: "tls = enabled"}
#       aws_db_proxy: {require_tls: "true"}
#       aws_elasticache_replication_group: {transit_encryption_enabled: "true", transit_encryption_mode: '"required"'}
#       aws_redshift_parameter_group: {parameter: "require_ssl = true"}
#       aws_redshiftserverless_workgroup: {config_parameter: "require_ssl = true"}
#       aws_memorydb_cluster: {tls_enabled: "true"}
#       aws_dax_cluster: {cluster_endpoint_encryption_type: '"TLS"'}
#     text: >-
#       Make sure that every client connects with TLS first, then set the engine's parameter in a parameter group of
#       your own: rds.force_ssl for PostgreSQL and SQL Server, require_secure_transport for MySQL and MariaDB, db2comm
#       for Db2, require_ssl for Redshift. Some engines take it over only at the next reboot. A cache goes by way of the
#       mode `preferred`, which takes both until its clients have moved.
package dbkeel.encryption.tls_required

violations contains message if {
	input.tls_required == false
	message := sprintf("accepts connections without TLS; %s asks to refuse them", [data.baseline.tier])
}
