provider "aws" {
  region = "eu-west-1"
}

resource "aws_db_snapshot_copy" "before" {
  source_db_snapshot_identifier = "arn:aws:rds:eu-west-1:111122223333:snapshot:first"
  target_db_snapshot_identifier = "before"
  tags = {
    Service = "orders"
  }
  shared_accounts = ["444455556666"]
  kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
}
