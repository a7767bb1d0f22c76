# Families of engines, by the provider's words.
package dbkeel.lib.engine

postgresql(engine) if engine in {"postgres", "aurora-postgresql"}

oracle(engine) if startswith(engine, "oracle-")

sqlserver(engine) if startswith(engine, "sqlserver-")
