provider "aws" {
  region = "eu-west-1"
}

resource "aws_memorydb_cluster" "main" {
  name = "ledger"
  acl_name = "apps"
  node_type = "db.r7g.large"
  engine = "valkey"
  engine_version = "7.2"
  num_shards = 2
  num_replicas_per_shard = 2
  kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  tls_enabled = true
  port = 6380
  auto_minor_version_upgrade = false
  maintenance_window = "mon:04:00-mon:05:00"
  parameter_group_name = "ledger"
  security_group_ids = ["sg-0000000000000000a"]
  snapshot_retention_limit = 7
  snapshot_window = "01:00-02:00"
  final_snapshot_name = "ledger-last"
  subnet_group_name = "private"

  tags = {
    owner = "team-a"
  }
}
