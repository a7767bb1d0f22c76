# The configuration behind tfplan.json: databases that are declared in every way that makes their lines hard to find.

terraform {
  required_version = ">= 1.11"
}

locals {
  retention = {
    short = 1
    long  = 35
  }
}

variable "environment" {
  type    = string
  default = "production"
}

# Three levels down: service, database, storage.
module "orders" {
  source = "./modules/service"

  name        = "orders"
  public      = true
  backup_days = local.retention.short
  settings    = { multi_az = false, performance_insights = false }
}

# Its inner module has the same name as that of `orders`, and is another one.
module "billing" {
  source = "./modules/billing"

  encrypted = false
}

# One module for each entry of a map.
module "fleet" {
  source   = "./modules/storage"
  for_each = local.fleet

  name        = each.key
  backup_days = each.value.backup_days
  encrypted   = each.value.encrypted
  tags        = { owner = "team-${each.key}" }
}

locals {
  fleet = {
    eu = {
      backup_days = 2
      encrypted   = true
    }
    us = { backup_days = 35, encrypted = false }
  }
}

# Downloaded: what is wrong in it is anchored here.
module "archive" {
  source  = "example-corp/postgres/aws"
  version = "1.2.3"

  multi_az = false
}

resource "aws_db_instance" "reports" {
  count = 2

  identifier          = "reports-${count.index}"
  engine              = "postgres"
  engine_version      = "16.9"
  instance_class      = "db.m6g.large"
  publicly_accessible = false
  storage_encrypted   = var.environment == "production"
  kms_key_id          = aws_kms_key.reports.arn

  parameter_group_name = aws_db_parameter_group.reports.name

  tags = {
    tier = "tier-1"
  }
}

resource "aws_db_parameter_group" "reports" {
  name   = "reports"
  family = "postgres16"

  parameter {
    name  = "log_connections"
    value = "1"
  }

  dynamic "parameter" {
    for_each = ["rds.force_ssl"]

    content {
      name  = "rds.force_ssl"
      value = "0"
    }
  }
}

resource "aws_kms_key" "reports" {
  description = "Größe zählt" /* two bytes each: columns count letters */
}
