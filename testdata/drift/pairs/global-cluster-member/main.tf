provider "aws" {
  region = "eu-west-1"
}

resource "aws_rds_global_cluster" "world" {
  global_cluster_identifier = "world"
  engine = "aurora-postgresql"
}

resource "aws_rds_cluster" "main" {
  cluster_identifier = "here"
  engine = "aurora-postgresql"
  master_username = "app"
  master_password = "not-a-password"
  skip_final_snapshot = true
  global_cluster_identifier = aws_rds_global_cluster.world.id
}
