variable "days" {
  type = number
}

resource "aws_db_instance" "this" {
  engine                  = "postgres"
  instance_class          = "db.m7g.large"
  storage_encrypted       = false
  backup_retention_period = var.days
}
