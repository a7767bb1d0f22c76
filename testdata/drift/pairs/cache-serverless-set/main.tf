provider "aws" {
  region = "eu-west-1"
}

resource "aws_elasticache_serverless_cache" "main" {
  name = "less"
  engine = "redis"
  major_engine_version = "7"
  kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  user_group_id = "apps"
  security_group_ids = ["sg-0000000000000000a"]
  subnet_ids = ["subnet-a", "subnet-b"]
  snapshot_retention_limit = 7
  daily_snapshot_time = "03:00"

  tags = {
    owner = "team-a"
  }
}
