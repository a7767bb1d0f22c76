# What engines have in common, by the provider's own words.
package dbkeel.lib.engines

is_postgresql(engine) if engine in {"postgres", "aurora-postgresql"}

# `aurora` is the first Aurora, compatible with MySQL 5.6.
is_mysql(engine) if engine in {"mysql", "mariadb", "aurora", "aurora-mysql"}

# With the RDS Custom variants: `custom-oracle-ee`, `custom-sqlserver-se`.
is_oracle(engine) if contains(engine, "oracle-")

is_sqlserver(engine) if contains(engine, "sqlserver-")

is_db2(engine) if startswith(engine, "db2-")

# DAX listens on 8111, with TLS on 9111
# (docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.create-cluster.cli.configure-inbound-rules.html).
has_fixed_port(engine) if engine == "dax"

# The ports that the provider gives when none is asked for (control rds-non-default-port; RDS.md 2.1, `port`).
default_port(engine) := 3306 if is_mysql(engine)

default_port(engine) := 5432 if is_postgresql(engine)

default_port(engine) := 1521 if is_oracle(engine)

default_port(engine) := 1433 if is_sqlserver(engine)

default_port(engine) := 50000 if is_db2(engine)

default_port("docdb") := 27017

default_port("neptune") := 8182

# Control elasticache-non-default-port.
default_port(engine) := 6379 if engine in {"redis", "valkey"}

default_port("memcached") := 11211
default_port(engine) := 5439 if is_redshift(engine)

is_redshift(engine) if engine in {"redshift", "redshift-serverless"}

# The name of the database that the provider makes when none is asked for (API_CreateCluster of Redshift, `DBName`).
default_database_name(engine) := "dev" if is_redshift(engine)
