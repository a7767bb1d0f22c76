provider "aws" {
  region = "eu-west-1"
}

resource "aws_memorydb_subnet_group" "main" {
  name = "private"
  subnet_ids = ["subnet-a", "subnet-b"]

  tags = {
    owner = "team-a"
  }
}
