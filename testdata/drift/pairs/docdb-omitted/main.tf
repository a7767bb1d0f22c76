provider "aws" {
  region = "eu-west-1"
}

resource "aws_docdb_cluster" "main" {
  cluster_identifier = "docs"
  master_username = "app"
  master_password = "not-a-password"
  skip_final_snapshot = true
}

resource "aws_docdb_cluster_instance" "m" {
  identifier = "docs-1"
  cluster_identifier = aws_docdb_cluster.main.id
  instance_class = "db.r6g.large"
}
