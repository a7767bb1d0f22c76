provider "aws" {
  region = "eu-west-1"
}

resource "aws_rds_global_cluster" "world" {
  global_cluster_identifier = "world"
  engine = "aurora-postgresql"
  engine_version = "16.4"
  database_name = "app"
  deletion_protection = true
  storage_encrypted = true
  engine_lifecycle_support = "open-source-rds-extended-support-disabled"
  force_destroy = false
}
