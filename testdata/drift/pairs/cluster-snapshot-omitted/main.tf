provider "aws" {
  region = "eu-west-1"
}

resource "aws_db_cluster_snapshot" "before" {
  db_cluster_identifier = "main"
  db_cluster_snapshot_identifier = "before"
}
