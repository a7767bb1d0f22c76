provider "aws" {
  region = "eu-west-1"
}

resource "aws_db_instance" "db" {
  identifier = "rewound"
  instance_class = "db.t3.medium"
  backup_retention_period = 3
  deletion_protection = true
  skip_final_snapshot = true

  restore_to_point_in_time {
    source_db_instance_identifier = "main"
    use_latest_restorable_time = true
  }
}
