# What the words of `planned_action` mean for a resource that exists before the plan.
package dbkeel.lib.plan

replaces(action) if action in {"delete-then-create", "create-then-delete"}

destroys(action) if action == "delete"

destroys(action) if replaces(action)

alters(action) if action == "update"

alters(action) if replaces(action)
