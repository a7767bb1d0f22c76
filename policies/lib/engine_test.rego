package dbkeel.lib.engine_test

import data.dbkeel.lib.engine

test_both_kinds_of_postgresql_are_postgresql if {
	every name in {"postgres", "aurora-postgresql"} { engine.postgresql(name) }
	not engine.postgresql("aurora-mysql")
}

test_every_edition_is_of_its_family if {
	every name in {"oracle-ee", "oracle-se2-cdb"} { engine.oracle(name) }
	every name in {"sqlserver-ex", "sqlserver-web"} { engine.sqlserver(name) }
	not engine.oracle("sqlserver-ee")
	not engine.sqlserver("oracle-ee")
}
