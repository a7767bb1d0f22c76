variable "name" {
  type = string
}

variable "public" {
  type = bool
}

variable "backup_days" {
  type = number
}

variable "settings" {
  type = any
}

variable "security_group_ids" {
  type = list(string)
}

module "storage" {
  source = "../storage"

  name        = var.name
  public      = var.public
  backup_days = var.backup_days
  multi_az    = var.settings.multi_az
  tags        = { owner = var.name }

  security_group_ids = var.security_group_ids
}
