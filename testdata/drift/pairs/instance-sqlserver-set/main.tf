provider "aws" {
  region = "eu-west-1"

  default_tags {
    tags = {
      Team = "data"
    }
  }
}

resource "aws_db_instance" "db" {
  identifier = "erp"
  engine = "sqlserver-se"
  username = "app"
  allocated_storage = 100
  allow_major_version_upgrade = false
  apply_immediately = true
  auto_minor_version_upgrade = false
  availability_zone = "eu-west-1a"
  backup_retention_period = 14
  backup_window = "02:00-02:30"
  ca_cert_identifier = "rds-ca-ecc384-g1"
  copy_tags_to_snapshot = true
  database_insights_mode = "advanced"
  db_subnet_group_name = "databases"
  dedicated_log_volume = true
  delete_automated_backups = false
  deletion_protection = true
  enabled_cloudwatch_logs_exports = ["agent", "error"]
  engine_lifecycle_support = "open-source-rds-extended-support-disabled"
  final_snapshot_identifier = "last"
  iam_database_authentication_enabled = false
  instance_class = "db.r6g.large"
  iops = 12000
  kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  maintenance_window = "mon:00:00-mon:00:30"
  manage_master_user_password = true
  master_user_secret_kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/66666666-2222-3333-4444-555555555555"
  max_allocated_storage = 1000
  monitoring_interval = 60
  monitoring_role_arn = "arn:aws:iam::111122223333:role/monitoring"
  multi_az = true
  network_type = "DUAL"
  option_group_name = "orders-options"
  parameter_group_name = "orders-parameters"
  performance_insights_enabled = true
  performance_insights_kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  performance_insights_retention_period = 465
  port = 1434
  publicly_accessible = true
  skip_final_snapshot = false
  storage_encrypted = true
  storage_throughput = 500
  storage_type = "gp3"
  tags = {
    Service = "orders"
  }
  engine_version = "15.00"
  vpc_security_group_ids = ["sg-0000000000000000a", "sg-0000000000000000b"]
  character_set_name = "Latin1_General_CI_AS"
  timezone = "GMT Standard Time"
  domain = "d-1234567890"
  domain_iam_role_name = "directory"
  license_model = "license-included"
}
