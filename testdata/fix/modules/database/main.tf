variable "name" {
  type = string
}

variable "days" {
  type    = number
  default = 2
}

variable "encrypted" {
  type = bool
}

resource "aws_db_instance" "this" {
  identifier              = var.name
  engine                  = "mysql"
  instance_class          = "db.m7g.large"
  storage_encrypted       = var.encrypted
  backup_retention_period = var.days
}
