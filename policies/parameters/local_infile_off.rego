# METADATA
# title: MySQL does not load files from clients
# description: >-
#   With local_infile on, an injected statement can make the application's own machine send its files to the database,
#   and a false server can ask any client for them. Bulk loads from the provider's storage do not need it.
# custom:
#   id: DBK-PAR-008
#   severity: medium
#   covers: [my-local-infile-off, gcpsql-mysql-local-infile-off]
#   remediation:
#     terraform:
#       aws_db_parameter_group: {parameter: local_infile = 0}
#       aws_rds_cluster_parameter_group: {parameter: local_infile = 0}
#     text: >-
#       Find the loaders that use LOAD DATA LOCAL and let them insert in batches or load from object storage; the
#       parameter takes effect without a reboot.
package dbkeel.parameters.local_infile_off

import data.dbkeel.lib.engines

not_applicable contains message if {
	not engines.is_mysql(input.engine)
	message := sprintf("%s is not MySQL or MariaDB", [input.engine])
}

violations contains message if {
	input.parameters.local_infile == "1"
	message := sprintf("loads files from clients (local_infile is on); %s asks to keep it off", [data.baseline.tier])
}
