provider "aws" {
  region = "eu-west-1"
}

resource "aws_memorydb_snapshot" "main" {
  name = "kept"
  cluster_name = "ledger"
  kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"

  tags = {
    owner = "team-a"
  }
}
