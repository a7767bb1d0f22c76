provider "aws" {
  region = "eu-west-1"
}

resource "aws_rds_cluster" "main" {
  cluster_identifier = "three"
  engine = "postgres"
  master_username = "app"
  master_password = "not-a-password"
  skip_final_snapshot = true
  db_cluster_instance_class = "db.m6gd.large"
  allocated_storage = 100
  storage_type = "io1"
  iops = 3000
  backup_retention_period = 21
  copy_tags_to_snapshot = true
  database_insights_mode = "advanced"
  database_name = "orders"
  db_cluster_parameter_group_name = "orders-cluster"
  db_subnet_group_name = "databases"
  deletion_protection = true
  enabled_cloudwatch_logs_exports = ["postgresql"]
  iam_database_authentication_enabled = true
  kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  monitoring_interval = 60
  monitoring_role_arn = "arn:aws:iam::111122223333:role/monitoring"
  performance_insights_enabled = true
  performance_insights_kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  performance_insights_retention_period = 465
  port = 6000
  preferred_backup_window = "02:00-02:30"
  preferred_maintenance_window = "mon:00:00-mon:00:30"
  storage_encrypted = true
  vpc_security_group_ids = ["sg-0000000000000000a", "sg-0000000000000000b"]
  auto_minor_version_upgrade = false
  engine_version = "16.4"
}
