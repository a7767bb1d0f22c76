provider "aws" {
  region = "eu-west-1"
}

resource "aws_elasticache_replication_group" "main" {
  replication_group_id = "sessions"
  description = "sessions"
  engine = "valkey"
  engine_version = "8.0"
  node_type = "cache.r7g.large"
  num_cache_clusters = 2
  automatic_failover_enabled = true
  multi_az_enabled = true
  at_rest_encryption_enabled = true
  kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  transit_encryption_enabled = true
  transit_encryption_mode = "required"
  user_group_ids = ["apps"]
  auto_minor_version_upgrade = false
  maintenance_window = "mon:04:00-mon:05:00"
  snapshot_retention_limit = 14
  snapshot_window = "01:00-02:00"
  final_snapshot_identifier = "sessions-last"
  subnet_group_name = "private"
  parameter_group_name = "sessions"
  security_group_ids = ["sg-0000000000000000a"]
  port = 6380
  network_type = "dual_stack"
  apply_immediately = true

  log_delivery_configuration {
    destination = "slow"
    destination_type = "cloudwatch-logs"
    log_format = "json"
    log_type = "slow-log"
  }

  tags = {
    owner = "team-a"
  }
}
