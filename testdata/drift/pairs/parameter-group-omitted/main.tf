provider "aws" {
  region = "eu-west-1"
}

resource "aws_db_parameter_group" "group" {
  name = "empty"
  family = "postgres16"
}
