# METADATA
# title: Database activity is streamed
# description: >-
#   What the database logs, its administrators can switch off and clean up. An activity stream leaves the database as it
#   happens and is kept where they have no say, which is what an investigation of their own doing needs.
# custom:
#   id: DBK-LOG-014
#   severity: low
#   covers: [rds-activity-stream-on]
#   parameters:
#     require_activity_stream:
#       type: boolean
#       default: false
#       description: Whether everything that happens in a database must be sent out as an activity stream.
#   remediation:
#     terraform:
#       aws_rds_cluster_activity_stream: {resource_arn: aws_rds_cluster.this.arn, mode: async}
#     text: >-
#       Start the stream in asynchronous mode first: the synchronous one makes the database wait for every record to be
#       safe.
package dbkeel.logging.activity_stream

import data.dbkeel.lib.engines

# Control rds-activity-stream-on: Aurora, Oracle and SQL Server.
has_streams if input.engine in {"aurora-mysql", "aurora-postgresql"}

has_streams if engines.is_oracle(input.engine)

has_streams if engines.is_sqlserver(input.engine)

violations contains message if {
	input.activity_stream == false
	message := sprintf("sends out no activity stream; %s asks for one", [data.baseline.tier])
}

not_applicable contains message if {
	not has_streams
	message := sprintf("%s has no activity streams", [input.engine])
}

not_applicable contains message if {
	not data.parameters.require_activity_stream
	message := sprintf("%s does not ask for an activity stream", [data.baseline.tier])
}
