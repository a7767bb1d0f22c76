resource "aws_db_instance" "windows" {
  identifier          = "windows"
  engine              = "sqlserver-se"
  instance_class      = "db.m7g.large"
  storage_encrypted   = true
  publicly_accessible = true
}
