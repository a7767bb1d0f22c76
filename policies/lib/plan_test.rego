package dbkeel.lib.plan_test

import data.dbkeel.lib.plan

actions := {"create", "update", "delete", "delete-then-create", "create-then-delete", "no-op", "read", "forget"}

test_both_orders_of_a_replacement_replace if {
	{action | some action in actions; plan.replaces(action)} == {"delete-then-create", "create-then-delete"}
}

test_a_delete_and_a_replacement_destroy if {
	{action | some action in actions; plan.destroys(action)} == {"delete", "delete-then-create", "create-then-delete"}
}

test_an_update_and_a_replacement_alter if {
	{action | some action in actions; plan.alters(action)} == {"update", "delete-then-create", "create-then-delete"}
}
