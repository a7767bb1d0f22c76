# The configuration behind tfplan.json: a shop whose databases are in good order, in disorder, on their way in and on
# their way out. `aws_db_instance.legacy`, which the plan deletes, is no longer here.

terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = {
      managed-by = "terraform"
    }
  }
}

variable "private_subnet_ids" {
  type = list(string)
}

variable "billing_password" {
  type      = string
  sensitive = true
}

variable "sandbox_password" {
  type      = string
  sensitive = true
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "databases" {
  description             = "Databases of the shop"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  tags = {
    owner = "team-storage"
  }
}

resource "aws_db_subnet_group" "private" {
  name       = "private"
  subnet_ids = var.private_subnet_ids

  tags = {
    owner = "team-storage"
  }
}

resource "aws_security_group" "databases" {
  name   = "databases"
  vpc_id = "vpc-0d15ea5e000000001"

  ingress {
    description = "applications"
    protocol    = "tcp"
    from_port   = 5432
    to_port     = 5432
    cidr_blocks = ["10.20.0.0/16"]
  }

  tags = {
    owner = "team-storage"
  }
}

# In good order, but for what the baseline asks of parameters.
module "orders" {
  source = "./modules/aurora"

  name                  = "orders"
  engine_version        = "16.13"
  family                = "aurora-postgresql16"
  backup_retention_days = 35
  kms_key_arn           = aws_kms_key.databases.arn
  monitoring_role_arn   = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:role/rds-monitoring"
  subnet_group_name     = aws_db_subnet_group.private.name
  security_group_ids    = [aws_security_group.databases.id]

  members = {
    writer = { instance_class = "db.r6g.xlarge", promotion_tier = 0 }
    reader = { instance_class = "db.r6g.large", promotion_tier = 1 }
  }

  tags = {
    environment = "production"
    owner       = "team-orders"
    tier        = "tier-1"
  }
}

# Loses deletion protection and half of its backups, and stops asking for TLS, at once.
resource "aws_db_parameter_group" "billing" {
  name   = "billing"
  family = "postgres16"

  parameter {
    name         = "log_connections"
    value        = "1"
    apply_method = "immediate"
  }

  parameter {
    name         = "rds.force_ssl"
    value        = "0"
    apply_method = "pending-reboot"
  }

  tags = {
    environment = "production"
    owner       = "team-billing"
  }
}

resource "aws_db_instance" "billing" {
  identifier                          = "billing"
  engine                              = "postgres"
  engine_version                      = "16.9"
  instance_class                      = "db.m6g.large"
  allocated_storage                   = 100
  max_allocated_storage               = 500
  storage_type                        = "gp3"
  storage_encrypted                   = true
  kms_key_id                          = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  username                            = "billing_admin"
  password                            = var.billing_password
  parameter_group_name                = aws_db_parameter_group.billing.name
  db_subnet_group_name                = aws_db_subnet_group.private.name
  vpc_security_group_ids              = [aws_security_group.databases.id]
  multi_az                            = true
  backup_retention_period             = 7
  backup_window                       = "02:30-03:00"
  maintenance_window                  = "sun:04:00-sun:05:00"
  copy_tags_to_snapshot               = true
  deletion_protection                 = false
  iam_database_authentication_enabled = true
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
  monitoring_interval                 = 60
  monitoring_role_arn                 = "arn:aws:iam::123456789012:role/rds-monitoring"
  performance_insights_enabled        = true
  apply_immediately                   = true
  final_snapshot_identifier           = "billing-final"
  ca_cert_identifier                  = "rds-ca-rsa2048-g1"

  tags = {
    environment = "production"
    owner       = "team-billing"
  }
}

# What a development database looks like when nobody looks.
resource "aws_security_group" "sandbox" {
  name        = "sandbox"
  description = "Sandbox databases"
  vpc_id      = "vpc-0d15ea5e000000001"

  tags = {
    owner = "team-search"
  }
}

resource "aws_vpc_security_group_ingress_rule" "sandbox" {
  security_group_id = aws_security_group.sandbox.id
  description       = "home office"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 3306
  to_port           = 3306
}

resource "aws_db_instance" "sandbox" {
  identifier              = "sandbox"
  engine                  = "mysql"
  engine_version          = "5.7.44"
  instance_class          = "db.t3.medium"
  allocated_storage       = 20
  storage_encrypted       = false
  username                = "admin"
  password                = var.sandbox_password
  publicly_accessible     = true
  skip_final_snapshot     = true
  backup_retention_period = 1
  vpc_security_group_ids  = [aws_security_group.sandbox.id]

  tags = {
    environment = "development"
  }
}

# Encrypting an existing database means a new, empty one: the plan replaces it.
resource "aws_db_instance" "reports" {
  identifier                      = "reports"
  engine                          = "postgres"
  engine_version                  = "15.17"
  instance_class                  = "db.m6g.large"
  allocated_storage               = 100
  max_allocated_storage           = 500
  storage_type                    = "gp3"
  storage_encrypted               = true
  kms_key_id                      = aws_kms_key.databases.arn
  username                        = "reports_admin"
  manage_master_user_password     = true
  db_subnet_group_name            = aws_db_subnet_group.private.name
  vpc_security_group_ids          = [aws_security_group.databases.id]
  multi_az                        = true
  backup_retention_period         = 14
  backup_window                   = "02:30-03:00"
  maintenance_window              = "sun:04:00-sun:05:00"
  copy_tags_to_snapshot           = true
  enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]
  monitoring_interval             = 60
  monitoring_role_arn             = "arn:aws:iam::123456789012:role/rds-monitoring"
  performance_insights_enabled    = true
  final_snapshot_identifier       = "reports-final"

  tags = {
    environment = "production"
    owner       = "team-reports"
    tier        = "tier-2"
  }
}

output "orders_endpoint" {
  value = module.orders.endpoint
}

output "billing_dsn" {
  value     = "postgres://${aws_db_instance.billing.username}:${var.billing_password}@billing/billing"
  sensitive = true
}

check "orders_reachable" {
  assert {
    condition     = module.orders.endpoint != ""
    error_message = "The orders cluster has no endpoint."
  }
}
