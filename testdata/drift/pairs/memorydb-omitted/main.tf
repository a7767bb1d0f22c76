provider "aws" {
  region = "eu-west-1"
}

resource "aws_memorydb_cluster" "main" {
  name = "ledger"
  acl_name = "open-access"
  node_type = "db.t4g.small"
  engine = "redis"
  engine_version = "7.1"
}
