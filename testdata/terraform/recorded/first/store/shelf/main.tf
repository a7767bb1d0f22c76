variable "key" {}
variable "optional" {
  default = null
}

resource "terraform_data" "item" {
  input            = var.key
  triggers_replace = var.optional
}

output "id" {
  value = terraform_data.item.id
}

output "both" {
  value = [terraform_data.item.id, var.key]
}
