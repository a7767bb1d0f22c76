provider "aws" {
  region = "eu-west-1"
}

resource "aws_neptune_cluster" "main" {
  cluster_identifier = "graph"
  skip_final_snapshot = true
}

resource "aws_neptune_cluster_instance" "m" {
  identifier = "graph-1"
  cluster_identifier = aws_neptune_cluster.main.id
  instance_class = "db.r6g.large"
}
