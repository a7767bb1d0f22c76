provider "aws" {
  region = "eu-west-1"
}

resource "aws_db_instance_automated_backups_replication" "copy" {
  source_db_instance_arn = "arn:aws:rds:us-east-1:111122223333:db:main"
}
