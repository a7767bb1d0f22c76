variable "name" {
  type = string
}

variable "size" {
  type    = string
  default = "small"
}

variable "upstream" {
  default = null
}

locals {
  label = "${path.module}:${var.name}:${var.size}"
}

resource "terraform_data" "this" {
  count = var.size == "1" ? 1 : 2
  input = [local.label, var.upstream, count.index]
}

output "label" {
  value = local.label
}

output "ids" {
  value = terraform_data.this[*].id
}
