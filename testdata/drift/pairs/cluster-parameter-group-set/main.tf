provider "aws" {
  region = "eu-west-1"
}

resource "aws_rds_cluster_parameter_group" "group" {
  name = "Orders"
  family = "aurora-postgresql16"
  description = "Managed by Terraform"
  tags = {
    Service = "orders"
  }

  parameter {
    name = "rds.force_ssl"
    value = "1"
    apply_method = "immediate"
  }

  parameter {
    name = "log_connections"
    value = "ON"
    apply_method = "immediate"
  }

  parameter {
    name = "autovacuum"
    value = "true"
    apply_method = "immediate"
  }

  parameter {
    name = "work_mem"
    value = "04096"
    apply_method = "immediate"
  }

  parameter {
    name = "shared_preload_libraries"
    value = "pg_stat_statements,auto_explain"
    apply_method = "pending-reboot"
  }

  parameter {
    name = "max_connections"
    value = "{DBInstanceClassMemory/9531392}"
    apply_method = "pending-reboot"
  }

  parameter {
    name = "log_statement"
    value = "ddl"
    apply_method = "immediate"
  }
}
