# METADATA
# title: The plan keeps on requiring TLS
# description: >-
#   Clients that fall back to plain connections do so in silence, and send passwords and data that anybody on the way
#   can read.
# custom:
#   id: DBK-CHG-018
#   severity: high
#   covers: []
#   remediation:
#     text: Leave the parameter that requires TLS on; give clients that cannot use it a current driver.
package dbkeel.change.tls_stays_required

import data.dbkeel.lib.plan

violations contains message if {
	plan.alters(input.planned_action)
	input.before.tls_required
	not input.tls_required
	message := sprintf("the plan lets connections do without TLS; %s asks to refuse them", [data.baseline.tier])
}

not_applicable contains "the plan does not change it" if not plan.alters(input.planned_action)
