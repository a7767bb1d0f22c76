provider "aws" {
  region              = "eu-central-1"
  allowed_account_ids = ["111122223333"]
}

resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  engine_version              = "16"
  instance_class              = "db.r6g.large"
  allocated_storage           = 100
  max_allocated_storage       = 500
  storage_encrypted           = true
  backup_retention_period     = 35
  deletion_protection         = true
  username                    = "app"
  manage_master_user_password = true
  publicly_accessible         = false
  maintenance_window          = "Sun:04:00-Sun:05:00"
  tags = {
    tier  = "tier-1"
    owner = "team-orders"
  }
}

resource "aws_db_instance" "reports" {
  identifier                  = "reports"
  engine                      = "postgres"
  engine_version              = "16"
  instance_class              = "db.r6g.large"
  allocated_storage           = 100
  max_allocated_storage       = 500
  storage_encrypted           = true
  backup_retention_period     = 35
  deletion_protection         = true
  username                    = "app"
  manage_master_user_password = true
  publicly_accessible         = false
  maintenance_window          = "Sun:04:00-Sun:05:00"
  tags = {
    tier  = "tier-1"
    owner = "team-orders"
  }
}
