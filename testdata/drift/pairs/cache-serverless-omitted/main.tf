provider "aws" {
  region = "eu-west-1"
}

resource "aws_elasticache_serverless_cache" "main" {
  name = "less"
  engine = "valkey"
}
