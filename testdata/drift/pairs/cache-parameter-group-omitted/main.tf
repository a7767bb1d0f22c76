provider "aws" {
  region = "eu-west-1"
}

resource "aws_elasticache_parameter_group" "main" {
  name = "sessions"
  family = "redis7"
}
