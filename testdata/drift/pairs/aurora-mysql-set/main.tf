provider "aws" {
  region = "eu-west-1"

  default_tags {
    tags = {
      Team = "data"
    }
  }
}

resource "aws_rds_cluster" "main" {
  cluster_identifier = "shop"
  engine = "aurora-mysql"
  master_username = "app"
  allow_major_version_upgrade = true
  apply_immediately = true
  backup_retention_period = 21
  copy_tags_to_snapshot = true
  database_insights_mode = "advanced"
  database_name = "orders"
  db_cluster_parameter_group_name = "orders-cluster"
  db_subnet_group_name = "databases"
  delete_automated_backups = false
  deletion_protection = true
  enable_http_endpoint = false
  enabled_cloudwatch_logs_exports = ["audit", "slowquery"]
  engine_lifecycle_support = "open-source-rds-extended-support-disabled"
  engine_mode = "provisioned"
  final_snapshot_identifier = "last"
  iam_database_authentication_enabled = true
  iam_roles = ["arn:aws:iam::111122223333:role/export", "arn:aws:iam::111122223333:role/import"]
  kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  manage_master_user_password = true
  master_user_secret_kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/66666666-2222-3333-4444-555555555555"
  monitoring_interval = 60
  monitoring_role_arn = "arn:aws:iam::111122223333:role/monitoring"
  network_type = "DUAL"
  performance_insights_enabled = true
  performance_insights_kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  performance_insights_retention_period = 465
  port = 6000
  preferred_backup_window = "02:00-02:30"
  preferred_maintenance_window = "mon:00:00-mon:00:30"
  skip_final_snapshot = false
  storage_encrypted = true
  storage_type = "aurora-iopt1"
  tags = {
    Service = "orders"
  }
  vpc_security_group_ids = ["sg-0000000000000000a", "sg-0000000000000000b"]
  engine_version = "8.0.mysql_aurora.3"
  backtrack_window = 3600
}

resource "aws_rds_cluster_instance" "m0" {
  cluster_identifier = aws_rds_cluster.main.id
  identifier = "shop-1"
  engine = "aurora-mysql"
  instance_class = "db.r6g.large"
  auto_minor_version_upgrade = false
  apply_immediately = true
  ca_cert_identifier = "rds-ca-ecc384-g1"
  copy_tags_to_snapshot = true
  db_parameter_group_name = "orders-members"
  db_subnet_group_name = "databases"
  monitoring_interval = 60
  monitoring_role_arn = "arn:aws:iam::111122223333:role/monitoring"
  performance_insights_enabled = true
  performance_insights_kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  performance_insights_retention_period = 465
  promotion_tier = 3
  publicly_accessible = true
  tags = {
    Service = "orders"
  }
  availability_zone = "eu-west-1b"
}
