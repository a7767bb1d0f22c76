provider "aws" {
  region = "eu-west-1"
}

resource "aws_db_subnet_group" "group" {
  name = "databases"
  subnet_ids = ["subnet-b", "subnet-a"]
}
