provider "aws" {
  region = "eu-west-1"
}

resource "aws_db_instance" "db" {
  identifier = "again"
  instance_class = "db.t3.medium"
  snapshot_identifier = "arn:aws:rds:eu-west-1:111122223333:snapshot:before"
  skip_final_snapshot = true
}
