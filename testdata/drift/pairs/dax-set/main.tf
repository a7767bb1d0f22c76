provider "aws" {
  region = "eu-west-1"
}

resource "aws_dax_cluster" "main" {
  cluster_name = "hot"
  iam_role_arn = "arn:aws:iam::111122223333:role/dax"
  node_type = "dax.r5.large"
  replication_factor = 3
  availability_zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
  cluster_endpoint_encryption_type = "TLS"
  maintenance_window = "mon:04:00-mon:05:00"
  parameter_group_name = "hot"
  security_group_ids = ["sg-0000000000000000a"]
  subnet_group_name = "private"

  server_side_encryption {
    enabled = true
  }

  tags = {
    owner = "team-a"
  }
}
