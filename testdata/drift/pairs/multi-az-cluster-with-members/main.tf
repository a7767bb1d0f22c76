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
}
