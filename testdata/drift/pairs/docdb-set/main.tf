provider "aws" {
  region = "eu-west-1"
}

resource "aws_docdb_cluster" "main" {
  cluster_identifier = "docs"
  master_username = "app"
  master_password = "not-a-password"
  skip_final_snapshot = true
  availability_zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
  backup_retention_period = 14
  db_cluster_parameter_group_name = "docs-parameters"
  db_subnet_group_name = "databases"
  deletion_protection = true
  enabled_cloudwatch_logs_exports = ["audit", "profiler"]
  engine = "docdb"
  engine_version = "5.0"
  kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  manage_master_user_password = true
  network_type = "DUAL"
  port = 27018
  preferred_backup_window = "02:00-02:30"
  preferred_maintenance_window = "Mon:00:00-Mon:00:30"
  storage_encrypted = true
  storage_type = "iopt1"
  tags = {
    Service = "orders"
  }

  serverless_v2_scaling_configuration {
    min_capacity = 0.5
    max_capacity = 4
  }
}

resource "aws_docdb_cluster_instance" "m" {
  identifier = "docs-1"
  cluster_identifier = aws_docdb_cluster.main.id
  instance_class = "db.r6g.large"
  ca_cert_identifier = "rds-ca-ecc384-g1"
  enable_performance_insights = true
  performance_insights_kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  promotion_tier = 2
  preferred_maintenance_window = "Tue:00:00-Tue:00:30"
  tags = {
    Service = "orders"
  }
  availability_zone = "eu-west-1b"
  auto_minor_version_upgrade = true
}
