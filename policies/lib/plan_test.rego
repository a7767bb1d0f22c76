package dbkeel.lib.plan_test

import data.dbkeel.lib.plan

deletes := {"delete-then-create", "create-then-delete"}

forgets := {"forget-then-create", "create-then-forget"}

actions := ({"create", "update", "delete", "no-op", "read", "forget"} | deletes) | forgets

test_both_orders_of_a_replacement_replace if {
	{action | some action in actions; plan.replaces(action)} == deletes | forgets
}

test_a_delete_and_a_replacement_that_deletes_destroy if {
	{action | some action in actions; plan.destroys(action)} == {"delete"} | deletes
}

test_an_update_and_a_replacement_alter if {
	{action | some action in actions; plan.alters(action)} == ({"update"} | deletes) | forgets
}

test_a_removal_and_a_replacement_that_deletes_nothing_forget if {
	{action | some action in actions; plan.forgets(action)} == {"forget"} | forgets
}
