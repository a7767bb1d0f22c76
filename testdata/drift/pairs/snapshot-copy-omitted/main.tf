provider "aws" {
  region = "eu-west-1"
}

resource "aws_db_snapshot_copy" "before" {
  source_db_snapshot_identifier = "arn:aws:rds:eu-west-1:111122223333:snapshot:first"
  target_db_snapshot_identifier = "before"
}
