variable "secret" {
  sensitive = true
  default   = "hunter2"
}

variable "size" {
  default = null
}

locals {
  root_id = terraform_data.root.id
}

resource "terraform_data" "root" {
  input = "one"
}

resource "terraform_data" "nested_secret" {
  input            = { a = var.secret, b = "shown", c = [var.secret, "shown"] }
  triggers_replace = ["one"]
}

resource "terraform_data" "keys" {
  for_each = toset(["eu.west", "quo\"te", "br]ack[et", "back\\slash", "$${x}", "%%{x}", "$x", "line\nend", "ünï", "zero\u200bwidth"])
  input    = [each.value, local.root_id, var.size]
}

resource "terraform_data" "before_move" {
  input = "moves"
}

resource "terraform_data" "forgotten" {
  input = "stays"
}

resource "terraform_data" "deleted" {
  input = "goes"
}

resource "terraform_data" "create_first" {
  triggers_replace = { a = { b = 1 } }
  lifecycle {
    create_before_destroy = true
  }
}

module "store" {
  source   = "./store"
  for_each = toset(["a", "b.c"])
  key      = terraform_data.root.id
  settings = { kms = { id = terraform_data.create_first.id } }
  unset    = null
}

resource "terraform_data" "refers" {
  input = [
    module.store["a"].shelf_ids,
    terraform_data.keys["eu.west"].id,
    [for store in module.store : store.one],
  ]
  triggers_replace = terraform_data.keys["quo\"te"].id
}

resource "terraform_data" "each_value" {
  for_each = { x = terraform_data.root }
  input    = each.value.id
}

resource "terraform_data" "only_known" {
  input            = "${var.size == null ? "none" : var.size}-${path.module}"
  triggers_replace = timestamp()
}

output "secret" {
  value     = var.secret
  sensitive = true
}
