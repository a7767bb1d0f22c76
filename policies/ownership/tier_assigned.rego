# METADATA
# title: The database belongs to a tier
# description: >-
#   A baseline without a default tier leaves no database to chance: one that no entry of `assign` matches has been
#   classed by nobody, and what is asked of it until then is a guess.
# custom:
#   id: DBK-OWN-008
#   severity: medium
#   covers: []
#   remediation:
#     text: >-
#       Tag the database as the baseline's entries of assign ask (dbkeel baseline show lists them), or add an entry for
#       its account, its name or its engine.
package dbkeel.ownership.tier_assigned

import data.dbkeel.lib.roles

# A replica may be of another tier than its source.
violations contains message if {
	not input.tier_assigned
	message := sprintf("the %s matches no entry of the baseline's assign and is judged as %s", [
		roles.role(input.is_replica),
		data.baseline.tier,
	])
}
