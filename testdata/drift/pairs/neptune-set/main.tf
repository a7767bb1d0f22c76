provider "aws" {
  region = "eu-west-1"
}

resource "aws_neptune_cluster" "main" {
  cluster_identifier = "graph"
  skip_final_snapshot = true
  availability_zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
  backup_retention_period = 14
  copy_tags_to_snapshot = true
  deletion_protection = true
  enable_cloudwatch_logs_exports = ["audit", "slowquery"]
  iam_database_authentication_enabled = true
  iam_roles = ["arn:aws:iam::111122223333:role/load"]
  kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  neptune_cluster_parameter_group_name = "graph-parameters"
  neptune_subnet_group_name = "databases"
  port = 8183
  preferred_backup_window = "02:00-02:30"
  preferred_maintenance_window = "Mon:00:00-Mon:00:30"
  storage_encrypted = true
  storage_type = "iopt1"
  tags = {
    Service = "orders"
  }
  engine_version = "1.3.2.1"

  serverless_v2_scaling_configuration {
    min_capacity = 2.5
  }
}

resource "aws_neptune_cluster_instance" "m" {
  identifier = "graph-1"
  cluster_identifier = aws_neptune_cluster.main.id
  instance_class = "db.serverless"
  auto_minor_version_upgrade = false
  neptune_parameter_group_name = "graph-members"
  preferred_maintenance_window = "Tue:00:00-Tue:00:30"
  promotion_tier = 2
  tags = {
    Service = "orders"
  }
  availability_zone = "eu-west-1b"
  port = 8183
}
