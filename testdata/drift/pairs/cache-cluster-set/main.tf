provider "aws" {
  region = "eu-west-1"
}

resource "aws_elasticache_cluster" "main" {
  cluster_id = "pages"
  engine = "redis"
  engine_version = "7.1"
  node_type = "cache.r7g.large"
  num_cache_nodes = 1
  parameter_group_name = "pages"
  port = 6380
  subnet_group_name = "private"
  security_group_ids = ["sg-0000000000000000a"]
  maintenance_window = "mon:04:00-mon:05:00"
  snapshot_retention_limit = 3
  snapshot_window = "01:00-02:00"
  auto_minor_version_upgrade = false
  network_type = "ipv4"
  availability_zone = "eu-west-1b"

  tags = {
    owner = "team-a"
  }
}
