# What the words of `planned_action` mean for a resource that exists before the plan.
package dbkeel.lib.plan

replaces(action) if action in {"delete-then-create", "create-then-delete", "forget-then-create", "create-then-forget"}

destroys(action) if action in {"delete", "delete-then-create", "create-then-delete"}

# The plan leaves it running, and Terraform knows nothing of it any more.
forgets(action) if action in {"forget", "forget-then-create", "create-then-forget"}

alters(action) if action == "update"

alters(action) if replaces(action)
