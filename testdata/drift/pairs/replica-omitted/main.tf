provider "aws" {
  region = "eu-west-1"
}

resource "aws_db_instance" "db" {
  identifier = "copy"
  replicate_source_db = "main"
  instance_class = "db.t3.medium"
  skip_final_snapshot = true
}
