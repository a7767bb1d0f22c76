provider "aws" {
  region = "eu-west-1"
}

resource "aws_rds_cluster" "main" {
  cluster_identifier = "my"
  engine = "aurora-mysql"
  master_username = "app"
  master_password = "not-a-password"
  skip_final_snapshot = true
}

resource "aws_rds_cluster_instance" "m0" {
  cluster_identifier = aws_rds_cluster.main.id
  identifier = "my-1"
  engine = "aurora-mysql"
  instance_class = "db.r6g.large"
}
