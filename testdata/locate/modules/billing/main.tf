variable "encrypted" {
  type = bool
}

module "database" {
  source = "./database"

  encrypted = var.encrypted
}
