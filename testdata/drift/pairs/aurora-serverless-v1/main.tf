provider "aws" {
  region = "eu-west-1"
}

resource "aws_rds_cluster" "main" {
  cluster_identifier = "v1"
  engine = "aurora-mysql"
  master_username = "app"
  master_password = "not-a-password"
  skip_final_snapshot = true
  engine_mode = "serverless"

  scaling_configuration {
    auto_pause = true
  }
}
