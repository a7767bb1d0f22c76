provider "aws" {
  region = "eu-west-1"
}

resource "aws_rds_cluster" "main" {
  cluster_identifier = "v2"
  engine = "aurora-postgresql"
  master_username = "app"
  master_password = "not-a-password"
  skip_final_snapshot = true

  serverlessv2_scaling_configuration {
    min_capacity = 0.5
    max_capacity = 16
  }
}

resource "aws_rds_cluster_instance" "m0" {
  cluster_identifier = aws_rds_cluster.main.id
  identifier = "v2-1"
  engine = "aurora-postgresql"
  instance_class = "db.serverless"
}
