# Databases in every shape that a fix meets.

# A literal value, with comments that stay.
resource "aws_db_instance" "literal" {
  identifier     = "literal"
  engine         = "postgres"
  engine_version = "17.5"
  instance_class = "db.m7g.large" # the smallest that is enough

  # Agreed with the team in March.
  backup_retention_period = 1     # days
  deletion_protection     = false # until the migration is over
  publicly_accessible     = true

  tags = {
    tier = "tier-1"
  }
}

# Absent attributes, and heredocs beside them.
resource "aws_db_instance" "absent" {
  identifier        = "absent"
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  storage_encrypted = true
  domain_dns_ips    = []

  tags = {
    tier  = "tier-2"
    notes = <<-EOT
      multi_az = false
    EOT
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_db_instance" "empty" {}

# Through a module: the argument is a literal.
module "orders" {
  source = "./modules/database"

  name      = "orders"
  days      = 3
  encrypted = false
}

# Through a module: the argument is left out, and the variable's default decides.
module "reports" {
  source = "./modules/database"

  name      = "reports"
  encrypted = true
}

# Instances that are asked for different things by one line.
resource "aws_db_instance" "each" {
  for_each = {
    gold   = { tier = "tier-1", public = false }
    bronze = { tier = "tier-3", public = true }
  }

  identifier              = each.key
  engine                  = "postgres"
  instance_class          = "db.m7g.large"
  storage_encrypted       = true
  backup_retention_period = 0
  publicly_accessible     = each.value.public

  tags = {
    tier = each.value.tier
  }
}

# What is computed stays.
variable "environment" {
  type    = string
  default = "production"
}

resource "aws_db_instance" "computed" {
  identifier          = "computed"
  engine              = "postgres"
  instance_class      = "db.m7g.large"
  storage_encrypted   = true
  deletion_protection = var.environment != "production"
}

# A module that Terraform downloaded.
module "downloaded" {
  source = "registry.example.com/team/database/aws"

  days = 2
}
