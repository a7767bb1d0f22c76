variable "name" {
  type = string
}

variable "public" {
  type    = bool
  default = false
}

variable "backup_days" {
  type = number
}

variable "encrypted" {
  type    = bool
  default = false
}

variable "multi_az" {
  type    = bool
  default = true
}

variable "tags" {
  type = map(string)
}

variable "security_group_ids" {
  type    = list(string)
  default = []
}

resource "aws_db_instance" "this" {
  identifier              = var.name
  engine                  = "mysql"
  engine_version          = "8.0.42"
  instance_class          = "db.m6g.large"
  publicly_accessible     = var.public
  backup_retention_period = max(var.backup_days, 0)
  storage_encrypted       = var.encrypted
  multi_az                = var.multi_az
  vpc_security_group_ids  = var.security_group_ids
  tags                    = var.tags
}
