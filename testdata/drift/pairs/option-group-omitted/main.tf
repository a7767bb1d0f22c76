provider "aws" {
  region = "eu-west-1"
}

resource "aws_db_option_group" "group" {
  name = "audit"
  engine_name = "mysql"
  major_engine_version = "8.0"
}
