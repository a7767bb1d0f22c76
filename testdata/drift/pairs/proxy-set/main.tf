provider "aws" {
  region = "eu-west-1"
}

resource "aws_db_proxy" "front" {
  name = "front"
  engine_family = "POSTGRESQL"
  role_arn = "arn:aws:iam::111122223333:role/proxy"
  vpc_subnet_ids = ["subnet-a", "subnet-b"]
  debug_logging = true
  idle_client_timeout = 900
  require_tls = true
  tags = {
    Service = "orders"
  }

  auth {
    auth_scheme = "SECRETS"
    iam_auth = "REQUIRED"
    secret_arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-1"
    client_password_auth_type = "POSTGRES_MD5"
    description = "app"
  }
}
