variable "key" {}
variable "settings" {}
variable "unset" {
  default = "default"
}
variable "optional" {
  default = null
}
variable "defaulted" {
  default = "value"
}

module "shelf" {
  source   = "./shelf"
  count    = 2
  key      = "${var.key}-${count.index}"
  optional = var.optional
}

resource "terraform_data" "box" {
  count            = 2
  input            = [var.settings.kms["id"], var.defaulted]
  triggers_replace = var.optional
}

resource "terraform_data" "null" {
  input            = null
  triggers_replace = var.unset
}

output "shelf_ids" {
  value = module.shelf[*].id
}

output "one" {
  value = module.shelf[1].both
}
