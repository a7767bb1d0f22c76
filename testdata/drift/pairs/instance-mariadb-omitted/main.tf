provider "aws" {
  region = "eu-west-1"
}

resource "aws_db_instance" "db" {
  identifier = "plain-mariadb"
  engine = "mariadb"
  instance_class = "db.t3.medium"
  allocated_storage = 20
  username = "app"
  password = "not-a-password"
  skip_final_snapshot = true
}
