package dbkeel.lib.roles_test

import data.dbkeel.lib.roles

test_a_replica_is_called_so if roles.role(true) == "replica"

test_anything_else_is_a_database if roles.role(false) == "database"
