package dbkeel.lib.engines_test

import data.dbkeel.lib.engines

test_default_ports if {
	ports := {
		"postgres": 5432,
		"aurora-postgresql": 5432,
		"mysql": 3306,
		"mariadb": 3306,
		"aurora": 3306,
		"aurora-mysql": 3306,
		"oracle-ee-cdb": 1521,
		"custom-oracle-ee": 1521,
		"sqlserver-web": 1433,
		"custom-sqlserver-se": 1433,
		"db2-se": 50000,
		"docdb": 27017,
		"neptune": 8182,
		"redis": 6379,
		"valkey": 6379,
		"memcached": 11211,
		"redshift": 5439,
		"redshift-serverless": 5439,
	}
	every engine, port in ports { engines.default_port(engine) == port }
}

test_an_unheard_of_engine_has_no_default_port if not engines.default_port("hsqldb")

test_only_redshift_makes_a_database_of_its_own_name if {
	engines.default_database_name("redshift") == "dev"
	engines.default_database_name("redshift-serverless") == "dev"
	not engines.default_database_name("postgres")
}

test_an_engine_is_of_one_family if {
	not engines.is_mysql("postgres")
	not engines.is_postgresql("mysql")
	not engines.is_oracle("postgres")
	not engines.is_sqlserver("mysql")
	not engines.is_db2("docdb")
	not engines.is_redshift("postgres")
}
