provider "aws" {
  region = "eu-west-1"
}

resource "aws_db_instance_automated_backups_replication" "copy" {
  source_db_instance_arn = "arn:aws:rds:us-east-1:111122223333:db:main"
  kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  retention_period = 7
}
