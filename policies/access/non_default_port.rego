# METADATA
# title: The database does not listen on the engine's default port
# description: >-
#   A port of its own hides a database from nobody who looks, but it keeps it out of the sweeps that try one port on
#   every address, and keeps the log quiet enough to see the attacker who does look.
# custom:
#   id: DBK-ACC-012
#   severity: low
#   covers:
#     - rds-non-default-port
#     - elasticache-non-default-port
#     - redshift-non-default-port
#   parameters:
#     require_non_default_port:
#       type: boolean
#       default: false
#       description: Whether databases must listen on another port than their engine's default.
#   remediation:
#     text: >-
#       Choose a port and give it to the clients, the security groups and the database together; the database restarts
#       at once when its port changes.
package dbkeel.access.non_default_port

import data.dbkeel.lib.engines

not_applicable contains message if {
	not data.parameters.require_non_default_port
	message := sprintf("%s does not ask for a port of its own", [data.baseline.tier])
}

not_applicable contains message if {
	engines.has_fixed_port(input.engine)
	message := sprintf("nobody can choose the port of %s", [input.engine])
}

violations contains message if {
	input.port == engines.default_port(input.engine)
	message := sprintf("listens on port %d, the default of %s; %s asks for another", [
		input.port,
		input.engine,
		data.baseline.tier,
	])
}
