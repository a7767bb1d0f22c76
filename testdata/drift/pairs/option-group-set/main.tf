provider "aws" {
  region = "eu-west-1"
}

resource "aws_db_option_group" "group" {
  name = "audit"
  engine_name = "mysql"
  major_engine_version = "8.0"
  option_group_description = "Managed by Terraform"
  tags = {
    Service = "orders"
  }

  option {
    option_name = "MARIADB_AUDIT_PLUGIN"

    option_settings {
      name = "SERVER_AUDIT_EVENTS"
      value = "CONNECT"
    }
  }
}
