variable "multi_az" {
  type = bool
}

variable "encrypted" {
  type = bool
}

resource "aws_db_instance" "this" {
  identifier        = "archive"
  engine            = "postgres"
  engine_version    = "16.9"
  instance_class    = "db.m6g.large"
  multi_az          = var.multi_az
  storage_encrypted = var.encrypted
}
