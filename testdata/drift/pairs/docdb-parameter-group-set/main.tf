provider "aws" {
  region = "eu-west-1"
}

resource "aws_docdb_cluster_parameter_group" "group" {
  name = "Orders"
  family = "docdb5.0"
  description = "Managed by Terraform"
  tags = {
    Service = "orders"
  }

  parameter {
    name = "tls"
    value = "enabled"
    apply_method = "pending-reboot"
  }

  parameter {
    name = "audit_logs"
    value = "all"
    apply_method = "immediate"
  }
}
