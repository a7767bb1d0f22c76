variable "encrypted" {
  type = bool
}

resource "aws_db_instance" "this" {
  identifier        = "billing"
  engine            = "mysql"
  engine_version    = "8.0.42"
  instance_class    = "db.m6g.large"
  storage_encrypted = var.encrypted
}
