variable "name" {
  type = string
}

variable "engine_version" {
  type = string
}

variable "family" {
  type = string
}

variable "backup_retention_days" {
  type = number
}

variable "kms_key_arn" {
  type = string
}

variable "monitoring_role_arn" {
  type = string
}

variable "subnet_group_name" {
  type = string
}

variable "security_group_ids" {
  type = list(string)
}

variable "members" {
  type = map(object({
    instance_class = string
    promotion_tier = number
  }))
}

variable "tags" {
  type    = map(string)
  default = {}
}

resource "aws_rds_cluster_parameter_group" "this" {
  name   = var.name
  family = var.family

  parameter {
    name         = "log_statement"
    value        = "ddl"
    apply_method = "immediate"
  }

  parameter {
    name         = "rds.force_ssl"
    value        = "1"
    apply_method = "pending-reboot"
  }

  tags = var.tags
}

resource "aws_rds_cluster" "this" {
  cluster_identifier                  = var.name
  engine                              = "aurora-postgresql"
  engine_version                      = var.engine_version
  engine_lifecycle_support            = "open-source-rds-extended-support-disabled"
  database_name                       = "orders"
  port                                = 5432
  master_username                     = "orders_admin"
  manage_master_user_password         = true
  storage_encrypted                   = true
  kms_key_id                          = var.kms_key_arn
  backup_retention_period             = var.backup_retention_days
  preferred_backup_window             = "02:00-03:00"
  preferred_maintenance_window        = "sun:04:00-sun:05:00"
  db_subnet_group_name                = var.subnet_group_name
  vpc_security_group_ids              = var.security_group_ids
  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.this.name
  deletion_protection                 = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "${var.name}-final"
  copy_tags_to_snapshot               = true
  iam_database_authentication_enabled = true
  enabled_cloudwatch_logs_exports     = ["postgresql"]

  tags = var.tags
}

resource "aws_rds_cluster_instance" "member" {
  for_each = var.members

  identifier                            = "${var.name}-${each.key}"
  cluster_identifier                    = aws_rds_cluster.this.id
  engine                                = aws_rds_cluster.this.engine
  engine_version                        = aws_rds_cluster.this.engine_version
  instance_class                        = each.value.instance_class
  promotion_tier                        = each.value.promotion_tier
  ca_cert_identifier                    = "rds-ca-rsa2048-g1"
  monitoring_interval                   = 60
  monitoring_role_arn                   = var.monitoring_role_arn
  performance_insights_enabled          = true
  performance_insights_kms_key_id       = var.kms_key_arn
  performance_insights_retention_period = 465

  tags = var.tags
}

output "endpoint" {
  value = aws_rds_cluster.this.endpoint
}
