provider "aws" {
  region = "eu-west-1"
}

resource "aws_db_parameter_group" "group" {
  name = "same"
  family = "postgres16"

  parameter {
    name = "log_disconnections"
    value = "0"
    apply_method = "immediate"
  }
}
