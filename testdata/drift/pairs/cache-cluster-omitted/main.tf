provider "aws" {
  region = "eu-west-1"
}

resource "aws_elasticache_cluster" "main" {
  cluster_id = "pages"
  engine = "memcached"
  node_type = "cache.t4g.small"
  num_cache_nodes = 1
}
