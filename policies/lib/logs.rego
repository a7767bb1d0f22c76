# Which logs a database ought to export and does not.
package dbkeel.lib.logs

import data.dbkeel.lib.text

gap(required, exported, tier) := message if {
	missing := {log | some log in required; not log in exported}
	count(missing) > 0
	message := sprintf("does not export its %s %s; %s asks for %s", [
		text.listed(missing),
		noun(missing),
		tier,
		text.listed(required),
	])
}

noun(missing) := "log" if count(missing) == 1

noun(missing) := "logs" if count(missing) > 1
