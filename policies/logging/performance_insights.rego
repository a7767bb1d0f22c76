# METADATA
# title: Query load is recorded
# description: >-
#   Without Performance Insights nobody can say afterwards which statement, user or lock made the database slow. Seven
#   days of it are free of charge.
# custom:
#   id: DBK-LOG-011
#   severity: low
#   covers: [rds-performance-insights]
#   optional: [instance_class]
#   remediation:
#     terraform:
#       aws_db_instance: {performance_insights_enabled: "true"}
#       aws_rds_cluster_instance: {performance_insights_enabled: "true"}
#       aws_docdb_cluster_instance: {enable_performance_insights: "true"}
#     text: Turn Performance Insights on; it takes effect without a restart.
package dbkeel.logging.performance_insights

violations contains message if {
	not input.performance_insights
	message := sprintf("records no query load; %s asks for it", [data.baseline.tier])
}

# Control catalogue, row rds-performance-insights.
too_small := {"db.t2.micro", "db.t2.small", "db.t3.micro", "db.t3.small", "db.t4g.micro", "db.t4g.small"}

not_applicable contains message if {
	input.engine in {"mysql", "mariadb"}
	input.instance_class in too_small
	message := sprintf("%s on %s cannot record query load", [input.engine, input.instance_class])
}

not_applicable contains message if {
	startswith(input.engine, "db2-")
	message := sprintf("%s cannot record query load", [input.engine])
}
