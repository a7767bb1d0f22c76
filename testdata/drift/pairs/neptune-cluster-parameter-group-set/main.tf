provider "aws" {
  region = "eu-west-1"
}

resource "aws_neptune_cluster_parameter_group" "group" {
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

  parameter {
    name = "neptune_enable_audit_log"
    value = "1"
    apply_method = "immediate"
  }
}
