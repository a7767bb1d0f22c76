provider "aws" {
  region = "eu-west-1"
}

resource "aws_db_instance" "db" {
  identifier = "copy"
  replicate_source_db = "arn:aws:rds:us-east-1:111122223333:db:main"
  instance_class = "db.t3.medium"
  skip_final_snapshot = true
  kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  backup_retention_period = 7
  multi_az = true
  storage_encrypted = true
}
