resource "aws_db_instance" "reports" {
  publicly_accessible = true
}
