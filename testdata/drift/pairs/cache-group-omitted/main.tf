provider "aws" {
  region = "eu-west-1"
}

resource "aws_elasticache_replication_group" "main" {
  replication_group_id = "sessions"
  description = "sessions"
  node_type = "cache.t4g.small"
}
