provider "aws" {
  region = "eu-west-1"
}

resource "aws_memorydb_snapshot" "main" {
  name = "kept"
  cluster_name = "ledger"
}
