provider "aws" {
  region = "eu-west-1"
}

resource "aws_db_event_subscription" "alarms" {
  name = "alarms"
  sns_topic = "arn:aws:sns:eu-west-1:111122223333:alarms"
  enabled = false
  event_categories = ["failover", "failure"]
  source_ids = ["orders", "shop"]
  source_type = "db-instance"
  tags = {
    Service = "orders"
  }
}
