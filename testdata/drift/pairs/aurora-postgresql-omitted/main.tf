provider "aws" {
  region = "eu-west-1"
}

resource "aws_rds_cluster" "main" {
  cluster_identifier = "pg"
  engine = "aurora-postgresql"
  master_username = "app"
  master_password = "not-a-password"
  skip_final_snapshot = true
}

resource "aws_rds_cluster_instance" "m0" {
  cluster_identifier = aws_rds_cluster.main.id
  identifier = "pg-1"
  engine = "aurora-postgresql"
  instance_class = "db.r6g.large"
}

resource "aws_rds_cluster_instance" "m1" {
  cluster_identifier = aws_rds_cluster.main.id
  identifier = "pg-2"
  engine = "aurora-postgresql"
  instance_class = "db.r6g.large"
}
