provider "aws" {
  region = "eu-west-1"
}

resource "aws_rds_cluster_parameter_group" "group" {
  name = "empty"
  family = "aurora-postgresql16"
}
