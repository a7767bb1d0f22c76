provider "aws" {
  region = "eu-west-1"
}

resource "aws_neptune_parameter_group" "group" {
  name = "empty"
  family = "neptune1.3"
}
