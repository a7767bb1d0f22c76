# What to call a database in a sentence.
package dbkeel.lib.roles

role(is_replica) := "replica" if is_replica

role(is_replica) := "database" if not is_replica
