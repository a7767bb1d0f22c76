provider "aws" {
  region = "eu-west-1"
}

resource "aws_neptune_parameter_group" "group" {
  name = "Orders"
  family = "neptune1.3"
  description = "Managed by Terraform"
  tags = {
    Service = "orders"
  }

  parameter {
    name = "neptune_query_timeout"
    value = "25000"
    apply_method = "pending-reboot"
  }
}
