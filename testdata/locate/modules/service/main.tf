variable "name" {
  type = string
}

variable "public" {
  type    = bool
  default = false
}

variable "backup_days" {
  type = number
}

variable "settings" {
  type = object({ multi_az = bool, performance_insights = bool })
}

module "database" {
  source = "../database"

  name        = var.name
  public      = var.public
  backup_days = var.backup_days
  settings    = var.settings

  security_group_ids = [aws_security_group.database.id]
}

resource "aws_security_group" "database" {
  name = var.name

  ingress {
    from_port   = 3306
    to_port     = 3306
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }

  ingress {
    from_port   = 3306
    to_port     = 3306
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
