provider "aws" {
  region = "eu-west-1"
}

resource "aws_rds_global_cluster" "world" {
  global_cluster_identifier = "world"
  engine = "aurora-postgresql"
}
