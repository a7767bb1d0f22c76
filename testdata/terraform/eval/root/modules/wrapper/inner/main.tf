variable "item" {}

resource "terraform_data" "leaf" {
  input = "${path.module} ${var.item}"
}

output "result" {
  value = terraform_data.leaf.input
}
