provider "aws" {
  region = "eu-west-1"
}

resource "aws_docdb_cluster_parameter_group" "group" {
  name = "empty"
  family = "docdb5.0"
}
