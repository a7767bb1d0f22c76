variable "items" {
  type = map(string)
}

module "inner" {
  source   = "./inner"
  for_each = toset(keys(var.items))
  item     = var.items[each.key]
}

output "inner" {
  value = { for key, inner in module.inner : key => inner.result }
}
